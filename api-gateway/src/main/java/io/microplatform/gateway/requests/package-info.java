/**
 * Logging of requests.
 */
@NullMarked
package io.microplatform.gateway.requests;

import org.jspecify.annotations.NullMarked;
