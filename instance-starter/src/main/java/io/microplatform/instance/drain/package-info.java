/**
 * The graceful shutdown of an instance: it stops when its callers know.
 */
@NullMarked
package io.microplatform.instance.drain;

import org.jspecify.annotations.NullMarked;
