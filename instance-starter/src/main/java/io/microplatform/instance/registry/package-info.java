/**
 * An instance's place in the registry.
 */
@NullMarked
package io.microplatform.instance.registry;

import org.jspecify.annotations.NullMarked;
