@NullMarked
package io.microplatform.config.directory;

import org.jspecify.annotations.NullMarked;
