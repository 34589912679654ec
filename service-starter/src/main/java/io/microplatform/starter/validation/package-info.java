/**
 * Constraints on text that comes from outside.
 */
@NullMarked
package io.microplatform.starter.validation;

import org.jspecify.annotations.NullMarked;
