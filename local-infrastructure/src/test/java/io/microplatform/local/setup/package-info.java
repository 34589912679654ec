@NullMarked
package io.microplatform.local.setup;

import org.jspecify.annotations.NullMarked;
