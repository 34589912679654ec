/**
 * Tracing: the sampling of requests and the content of their spans.
 */
@NullMarked
package io.microplatform.instance.tracing;

import org.jspecify.annotations.NullMarked;
