/**
 * The client of the registry.
 */
@NullMarked
package io.microplatform.instance.registry;

import org.jspecify.annotations.NullMarked;
