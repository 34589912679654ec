package io.microplatform.starter.event;

/**
 * Thrown when an event cannot be published in any state of the broker.
 */
final class UndeliverableEventException extends RuntimeException {

	UndeliverableEventException(String message) {
		super(message);
	}

	UndeliverableEventException(Throwable reason) {
		super(reason.toString(), reason);
	}

}
