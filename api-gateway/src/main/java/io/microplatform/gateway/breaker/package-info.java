/**
 * Circuit breakers of the routes.
 */
@NullMarked
package io.microplatform.gateway.breaker;

import org.jspecify.annotations.NullMarked;
