/**
 * Serves the published snapshot of the configuration.
 */
@NullMarked
package io.microplatform.config.snapshot;

import org.jspecify.annotations.NullMarked;
