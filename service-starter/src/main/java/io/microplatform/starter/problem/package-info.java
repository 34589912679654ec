/**
 * Errors as RFC 9457 problem details, wherever in the stack they arise.
 */
@NullMarked
package io.microplatform.starter.problem;

import org.jspecify.annotations.NullMarked;
