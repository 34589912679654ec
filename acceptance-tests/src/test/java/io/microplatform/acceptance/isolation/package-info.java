/**
 * Tests of the isolation between users.
 */
@NullMarked
package io.microplatform.acceptance.isolation;

import org.jspecify.annotations.NullMarked;
