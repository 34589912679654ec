/**
 * Requests that may be repeated: {@code Idempotency-Key}, one effect and one answer.
 */
@NullMarked
package io.microplatform.starter.idempotency;

import org.jspecify.annotations.NullMarked;
