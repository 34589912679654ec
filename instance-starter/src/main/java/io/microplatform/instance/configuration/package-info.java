/**
 * Loads the configuration from the config server at startup, and applies new versions of
 * it at run time.
 */
@NullMarked
package io.microplatform.instance.configuration;

import org.jspecify.annotations.NullMarked;
