@NullMarked
package io.microplatform.config.refresh;

import org.jspecify.annotations.NullMarked;
