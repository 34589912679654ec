@NullMarked
package io.microplatform.discovery;

import org.jspecify.annotations.NullMarked;
