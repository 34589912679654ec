/**
 * The clock.
 */
@NullMarked
package io.microplatform.starter.time;

import org.jspecify.annotations.NullMarked;
