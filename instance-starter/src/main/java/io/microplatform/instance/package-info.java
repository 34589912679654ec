/**
 * What every instance of the platform has in common, whatever it does: its configuration
 * and its place in the registry.
 */
@NullMarked
package io.microplatform.instance;

import org.jspecify.annotations.NullMarked;
