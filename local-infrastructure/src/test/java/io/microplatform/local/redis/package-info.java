@NullMarked
package io.microplatform.local.redis;

import org.jspecify.annotations.NullMarked;
