/**
 * Access to a running platform: its processes, its administration, and the start of a
 * private one.
 */
@NullMarked
package io.microplatform.lab.platform;

import org.jspecify.annotations.NullMarked;
