/**
 * A service that consists of the starter alone.
 */
@NullMarked
package io.microplatform.starter.app;

import org.jspecify.annotations.NullMarked;
