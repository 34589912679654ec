/**
 * The warm-up of an instance that joins others.
 */
@NullMarked
package io.microplatform.instance.warmup;

import org.jspecify.annotations.NullMarked;
