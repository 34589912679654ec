@NullMarked
package io.microplatform.config.git;

import org.jspecify.annotations.NullMarked;
