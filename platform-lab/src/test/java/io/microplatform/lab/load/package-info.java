/**
 * Tests of the load generator.
 */
@NullMarked
package io.microplatform.lab.load;

import org.jspecify.annotations.NullMarked;
