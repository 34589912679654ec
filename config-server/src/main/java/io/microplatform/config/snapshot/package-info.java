/**
 * The versions of the configuration that there are, and which of them is served.
 */
@NullMarked
package io.microplatform.config.snapshot;

import org.jspecify.annotations.NullMarked;
