/**
 * The traces of a platform's orders.
 */
@NullMarked
package io.microplatform.lab.trace;

import org.jspecify.annotations.NullMarked;
