package io.microplatform.starter.event;

/**
 * An event cannot be sent as it is, whatever the state of the broker.
 */
final class UndeliverableEventException extends RuntimeException {

	UndeliverableEventException(String message) {
		super(message);
	}

	UndeliverableEventException(Throwable reason) {
		super(reason.toString(), reason);
	}

}
