/**
 * What the three servers have in common: where they live, what they know, how they start
 * and stop.
 */
@NullMarked
package io.microplatform.local.server;

import org.jspecify.annotations.NullMarked;
