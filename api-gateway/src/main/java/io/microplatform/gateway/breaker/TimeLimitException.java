package io.microplatform.gateway.breaker;

import java.time.Duration;

/**
 * Thrown if a service does not answer within the time limit of its circuit breaker. The
 * request has been cancelled.
 */
final class TimeLimitException extends RuntimeException {

	private static final long serialVersionUID = 1;

	TimeLimitException(Duration limit) {
		super("No answer within " + limit, null, false, false);
	}

}
