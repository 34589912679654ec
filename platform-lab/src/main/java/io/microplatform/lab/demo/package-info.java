/**
 * Demonstration of the main use case on the running platform, step by step.
 */
@NullMarked
package io.microplatform.lab.demo;

import org.jspecify.annotations.NullMarked;
