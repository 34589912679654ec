/**
 * The catalogue of the problems that the gateway and the services answer with.
 */
@NullMarked
package io.microplatform.instance.problem;

import org.jspecify.annotations.NullMarked;
