/**
 * Rate limits of users and of client addresses.
 */
@NullMarked
package io.microplatform.gateway.limit;

import org.jspecify.annotations.NullMarked;
