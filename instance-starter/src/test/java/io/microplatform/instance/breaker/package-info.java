@NullMarked
package io.microplatform.instance.breaker;

import org.jspecify.annotations.NullMarked;
