@NullMarked
package io.microplatform.instance.drain;

import org.jspecify.annotations.NullMarked;
