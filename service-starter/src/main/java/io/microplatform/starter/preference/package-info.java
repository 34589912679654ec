/**
 * What clients would like, if it is possible: the header {@code Prefer}.
 */
@NullMarked
package io.microplatform.starter.preference;

import org.jspecify.annotations.NullMarked;
