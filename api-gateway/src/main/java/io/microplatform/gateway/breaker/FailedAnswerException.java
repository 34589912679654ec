package io.microplatform.gateway.breaker;

/**
 * Exception that reports an error response of a service to the circuit breaker. Never
 * leaves the {@link CircuitBreakerFilter}: the client gets the response itself.
 */
final class FailedAnswerException extends RuntimeException {

	private static final long serialVersionUID = 1;

	FailedAnswerException(int status) {
		super("Answered " + status, null, false, false);
	}

}
