/**
 * Circuit breakers of calls to services.
 */
@NullMarked
package io.microplatform.instance.breaker;

import org.jspecify.annotations.NullMarked;
