/**
 * Load as users make it: calls that arrive at a constant rate, whatever the platform does
 * meanwhile, and every answer kept and judged. The one generator for tests of outages,
 * drills and measurements.
 */
@NullMarked
package io.microplatform.acceptance.load;

import org.jspecify.annotations.NullMarked;
