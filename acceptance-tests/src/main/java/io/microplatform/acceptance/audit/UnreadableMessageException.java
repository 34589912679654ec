package io.microplatform.acceptance.audit;

import org.jspecify.annotations.Nullable;

/**
 * A message is not an event.
 */
final class UnreadableMessageException extends Exception {

	UnreadableMessageException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
