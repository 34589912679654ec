/**
 * A read-through cache on Redis that may fail without anybody noticing.
 */
@NullMarked
package io.microplatform.starter.cache;

import org.jspecify.annotations.NullMarked;
