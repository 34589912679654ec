/**
 * Every error as RFC 9457 problem details, wherever in the stack it arises.
 */
@NullMarked
package io.microplatform.starter.problem;

import org.jspecify.annotations.NullMarked;
