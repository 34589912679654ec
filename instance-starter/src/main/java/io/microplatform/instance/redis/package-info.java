/**
 * The client of Redis.
 */
@NullMarked
package io.microplatform.instance.redis;

import org.jspecify.annotations.NullMarked;
