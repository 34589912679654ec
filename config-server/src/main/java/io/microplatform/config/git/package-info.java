/**
 * Versions of the configuration from a Git repository.
 */
@NullMarked
package io.microplatform.config.git;

import org.jspecify.annotations.NullMarked;
