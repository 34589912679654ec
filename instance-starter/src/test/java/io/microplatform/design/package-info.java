/**
 * The design that all parts keep to, as rules that a build can fail on.
 */
@NullMarked
package io.microplatform.design;

import org.jspecify.annotations.NullMarked;
