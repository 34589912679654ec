/**
 * Exercises that a platform under load must stand without a failed request; what
 * {@code ./platform drill} runs.
 */
@NullMarked
package io.microplatform.acceptance.drill;

import org.jspecify.annotations.NullMarked;
