/**
 * An instance that joins others takes requests when it is ready and warm, not before.
 */
@NullMarked
package io.microplatform.instance.warmup;

import org.jspecify.annotations.NullMarked;
