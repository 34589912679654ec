/**
 * Tests of the logs of instances, and of their search and shipping.
 */
@NullMarked
package io.microplatform.acceptance.log;

import org.jspecify.annotations.NullMarked;
