/**
 * Versions from a directory, such as one that a container mounts.
 */
@NullMarked
package io.microplatform.config.directory;

import org.jspecify.annotations.NullMarked;
