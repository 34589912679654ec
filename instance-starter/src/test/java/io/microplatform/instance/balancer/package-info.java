@NullMarked
package io.microplatform.instance.balancer;

import org.jspecify.annotations.NullMarked;
