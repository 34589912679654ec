/**
 * Tests of outages: components that are killed, paused or stopped.
 */
@NullMarked
package io.microplatform.acceptance.outage;

import org.jspecify.annotations.NullMarked;
