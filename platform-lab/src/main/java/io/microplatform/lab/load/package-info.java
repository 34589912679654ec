/**
 * Load generator: calls start at a constant rate, independent of the responses, and every
 * response is recorded and verified. Used by the outage tests, the drills and the
 * benchmarks.
 */
@NullMarked
package io.microplatform.lab.load;

import org.jspecify.annotations.NullMarked;
