/**
 * Brings a version of the configuration to every instance that runs.
 */
@NullMarked
package io.microplatform.config.refresh;

import org.jspecify.annotations.NullMarked;
