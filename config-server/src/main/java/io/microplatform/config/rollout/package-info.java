/**
 * Rolls a version of the configuration out to every running instance.
 */
@NullMarked
package io.microplatform.config.rollout;

import org.jspecify.annotations.NullMarked;
