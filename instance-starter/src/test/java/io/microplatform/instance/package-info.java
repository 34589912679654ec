@NullMarked
package io.microplatform.instance;

import org.jspecify.annotations.NullMarked;
