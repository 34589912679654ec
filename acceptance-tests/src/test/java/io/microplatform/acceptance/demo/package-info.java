/**
 * The demonstration on its own.
 */
@NullMarked
package io.microplatform.acceptance.demo;

import org.jspecify.annotations.NullMarked;
