@NullMarked
package io.microplatform.local.postgres;

import org.jspecify.annotations.NullMarked;
