/**
 * Constraints on text and numbers in requests.
 */
@NullMarked
package io.microplatform.starter.validation;

import org.jspecify.annotations.NullMarked;
