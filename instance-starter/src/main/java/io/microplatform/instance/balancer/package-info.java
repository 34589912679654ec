/**
 * A load balancer that learns, and the retries of the platform.
 */
@NullMarked
package io.microplatform.instance.balancer;

import org.jspecify.annotations.NullMarked;
