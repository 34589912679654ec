@NullMarked
package io.microplatform.local;

import org.jspecify.annotations.NullMarked;
