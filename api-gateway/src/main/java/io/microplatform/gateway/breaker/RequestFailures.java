package io.microplatform.gateway.breaker;

import io.microplatform.gateway.upstream.UpstreamFailures;
import io.microplatform.instance.balancer.AttemptOutcome;
import io.microplatform.instance.breaker.IgnoredFailures;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/**
 * {@link IgnoredFailures} of requests that no service received: those without an instance
 * or a connection, and those that the gateway refused. If they counted, instances that
 * return after an outage would get no requests until the circuit breaker closes. The
 * balancer answers such requests at once. A response timeout is a failure.
 */
@Component
class RequestFailures implements IgnoredFailures {

	@Override
	public boolean ignores(Throwable failure) {
		if (failure instanceof FailedAnswerException || failure instanceof TimeLimitException) {
			return false;
		}
		return isAnswerOfTheGateway(failure) || switch (AttemptOutcome.of(failure, UpstreamFailures::outcomeOfOne)) {
			case TIMED_OUT, BROKE_OFF -> false;
			default -> true;
		};
	}

	private static boolean isAnswerOfTheGateway(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			// The gateway reports a response timeout as 504.
			if (cause instanceof ResponseStatusException answer) {
				return answer.getStatusCode().value() != HttpStatus.GATEWAY_TIMEOUT.value();
			}
		}
		return false;
	}

}
