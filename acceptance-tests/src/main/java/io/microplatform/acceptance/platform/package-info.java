/**
 * A running platform: where its processes are, how operators get in, and how one is
 * started for this JVM alone.
 */
@NullMarked
package io.microplatform.acceptance.platform;

import org.jspecify.annotations.NullMarked;
