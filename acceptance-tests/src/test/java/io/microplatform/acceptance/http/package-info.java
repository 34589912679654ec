/**
 * Tests of HTTP semantics that apply to all calls.
 */
@NullMarked
package io.microplatform.acceptance.http;

import org.jspecify.annotations.NullMarked;
