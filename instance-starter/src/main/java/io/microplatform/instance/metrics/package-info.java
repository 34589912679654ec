/**
 * Meters that every instance has, servers included.
 */
@org.jspecify.annotations.NullMarked
package io.microplatform.instance.metrics;
