/**
 * Requests of browsers on behalf of another origin (CORS).
 */
@NullMarked
package io.microplatform.gateway.cors;

import org.jspecify.annotations.NullMarked;
