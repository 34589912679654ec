/**
 * Tests of the search for spans.
 */
@NullMarked
package io.microplatform.lab.trace;

import org.jspecify.annotations.NullMarked;
