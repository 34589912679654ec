/**
 * Strict JSON: a wrong type is an error and is never coerced.
 */
@NullMarked
package io.microplatform.starter.json;

import org.jspecify.annotations.NullMarked;
