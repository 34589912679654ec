@NullMarked
package io.microplatform.configfiles;

import org.jspecify.annotations.NullMarked;
