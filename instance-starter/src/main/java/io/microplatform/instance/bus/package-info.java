/**
 * The bus.
 */
@NullMarked
package io.microplatform.instance.bus;

import org.jspecify.annotations.NullMarked;
