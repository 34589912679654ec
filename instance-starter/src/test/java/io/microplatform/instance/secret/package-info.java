@NullMarked
package io.microplatform.instance.secret;

import org.jspecify.annotations.NullMarked;
