/**
 * An instance goes only when nobody sends it requests any more.
 */
@NullMarked
package io.microplatform.instance.drain;

import org.jspecify.annotations.NullMarked;
