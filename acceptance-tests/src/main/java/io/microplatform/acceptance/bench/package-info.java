/**
 * Measurements of the platform, each a command.
 */
@NullMarked
package io.microplatform.acceptance.bench;

import org.jspecify.annotations.NullMarked;
