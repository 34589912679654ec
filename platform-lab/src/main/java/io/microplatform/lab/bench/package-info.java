/**
 * Benchmarks of the platform, run by {@code ./platform bench}.
 */
@NullMarked
package io.microplatform.lab.bench;

import org.jspecify.annotations.NullMarked;
