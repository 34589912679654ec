/**
 * Bounds on requests in progress.
 */
@NullMarked
package io.microplatform.instance.overload;

import org.jspecify.annotations.NullMarked;
