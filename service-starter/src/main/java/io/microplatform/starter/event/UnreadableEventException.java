package io.microplatform.starter.event;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a message is not an event that this consumer will ever be able to read.
 */
final class UnreadableEventException extends RuntimeException {

	UnreadableEventException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
