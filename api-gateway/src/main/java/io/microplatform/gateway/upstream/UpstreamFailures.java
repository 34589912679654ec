package io.microplatform.gateway.upstream;

import io.microplatform.instance.balancer.AttemptOutcome;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

import org.springframework.cloud.gateway.support.TimeoutException;

/**
 * Classifies the exceptions of Spring Cloud Gateway and Reactor Netty.
 */
public final class UpstreamFailures {

	private UpstreamFailures() {
	}

	/**
	 * Classifies an exception without its causes.
	 * @param failure the exception
	 * @return the outcome, {@code null} if the exception is not known
	 */
	public static @Nullable AttemptOutcome outcomeOfOne(Throwable failure) {
		return switch (failure) {
			case PoolAcquireTimeoutException ex -> AttemptOutcome.NOT_SENT;
			case PoolAcquirePendingLimitException ex -> AttemptOutcome.NOT_SENT;
			case TimeoutException ex -> AttemptOutcome.TIMED_OUT;
			case ReadTimeoutException ex -> AttemptOutcome.TIMED_OUT;
			// Netty's ConnectTimeoutException is a ConnectException.
			default -> AttemptOutcome.ofException(failure);
		};
	}

}
