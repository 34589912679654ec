/**
 * The training run of an ahead-of-time cache.
 */
@NullMarked
package io.microplatform.instance.training;

import org.jspecify.annotations.NullMarked;
