/**
 * Tests of the drills.
 */
@NullMarked
package io.microplatform.lab.drill;

import org.jspecify.annotations.NullMarked;
