/**
 * Tests of the demonstration.
 */
@NullMarked
package io.microplatform.lab.demo;

import org.jspecify.annotations.NullMarked;
