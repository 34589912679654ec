/**
 * Work that an instance repeats in the background.
 */
@NullMarked
package io.microplatform.starter.background;

import org.jspecify.annotations.NullMarked;
