/**
 * Tests of access tokens, valid and forged.
 */
@NullMarked
package io.microplatform.acceptance.token;

import org.jspecify.annotations.NullMarked;
