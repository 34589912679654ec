@NullMarked
package io.microplatform.instance.logging;

import org.jspecify.annotations.NullMarked;
