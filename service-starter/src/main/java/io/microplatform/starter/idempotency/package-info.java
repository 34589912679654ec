/**
 * Idempotent requests: one effect and one answer for each {@code Idempotency-Key}.
 */
@NullMarked
package io.microplatform.starter.idempotency;

import org.jspecify.annotations.NullMarked;
