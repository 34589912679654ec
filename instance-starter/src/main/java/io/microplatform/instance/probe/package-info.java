/**
 * The health probe of containers.
 */
@NullMarked
package io.microplatform.instance.probe;

import org.jspecify.annotations.NullMarked;
