@NullMarked
package io.microplatform.config.snapshot;

import org.jspecify.annotations.NullMarked;
