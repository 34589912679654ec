@NullMarked
package io.microplatform.instance.warmup;

import org.jspecify.annotations.NullMarked;
