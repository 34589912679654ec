/**
 * Drills: scenarios that a platform under load must pass without a failed request. Run by
 * {@code ./platform drill}.
 */
@NullMarked
package io.microplatform.lab.drill;

import org.jspecify.annotations.NullMarked;
