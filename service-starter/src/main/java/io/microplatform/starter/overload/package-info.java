/**
 * Limit of the requests that an instance processes concurrently.
 */
@NullMarked
package io.microplatform.starter.overload;

import org.jspecify.annotations.NullMarked;
