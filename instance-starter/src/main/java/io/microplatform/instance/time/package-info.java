/**
 * The clock.
 */
@NullMarked
package io.microplatform.instance.time;

import org.jspecify.annotations.NullMarked;
