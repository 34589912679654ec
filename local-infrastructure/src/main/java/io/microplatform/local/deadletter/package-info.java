/**
 * The dead letters: messages that a consumer gave up, and what somebody did about them.
 */
@NullMarked
package io.microplatform.local.deadletter;

import org.jspecify.annotations.NullMarked;
