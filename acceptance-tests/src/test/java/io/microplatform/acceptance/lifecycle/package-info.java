/**
 * Tests of the command line with real processes.
 */
@NullMarked
package io.microplatform.acceptance.lifecycle;

import org.jspecify.annotations.NullMarked;
