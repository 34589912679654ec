/**
 * Tests of registration, login and users.
 */
@NullMarked
package io.microplatform.acceptance.user;

import org.jspecify.annotations.NullMarked;
