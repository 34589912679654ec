package io.microplatform.starter.event;

import org.jspecify.annotations.Nullable;

/**
 * A message is not an event that this consumer can read, and never will be.
 */
final class UnreadableEventException extends RuntimeException {

	UnreadableEventException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
