@NullMarked
package io.microplatform.local.process;

import org.jspecify.annotations.NullMarked;
