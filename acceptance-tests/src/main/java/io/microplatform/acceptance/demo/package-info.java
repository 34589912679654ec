/**
 * The demonstration: the main job on real processes, step by step.
 */
@NullMarked
package io.microplatform.acceptance.demo;

import org.jspecify.annotations.NullMarked;
