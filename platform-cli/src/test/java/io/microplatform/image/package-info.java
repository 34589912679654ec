@NullMarked
package io.microplatform.image;

import org.jspecify.annotations.NullMarked;
