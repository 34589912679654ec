/**
 * Strict JSON: a wrong type is an error, never a guess.
 */
@NullMarked
package io.microplatform.starter.json;

import org.jspecify.annotations.NullMarked;
