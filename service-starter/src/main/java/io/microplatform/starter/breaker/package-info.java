/**
 * Calls to other services through circuit breakers.
 */
@NullMarked
package io.microplatform.starter.breaker;

import org.jspecify.annotations.NullMarked;
