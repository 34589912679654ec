/**
 * Calls an instance of a service that answers: which one, and what to do when it does
 * not.
 */
@NullMarked
package io.microplatform.instance.balancer;

import org.jspecify.annotations.NullMarked;
