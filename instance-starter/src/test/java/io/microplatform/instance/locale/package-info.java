@NullMarked
package io.microplatform.instance.locale;

import org.jspecify.annotations.NullMarked;
