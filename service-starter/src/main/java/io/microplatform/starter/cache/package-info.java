/**
 * A read-through cache on Redis, without which services keep working.
 */
@NullMarked
package io.microplatform.starter.cache;

import org.jspecify.annotations.NullMarked;
