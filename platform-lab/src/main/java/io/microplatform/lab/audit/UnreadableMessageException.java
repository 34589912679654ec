package io.microplatform.lab.audit;

import org.jspecify.annotations.Nullable;

/**
 * Exception thrown when a message is not an event.
 */
final class UnreadableMessageException extends Exception {

	UnreadableMessageException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
