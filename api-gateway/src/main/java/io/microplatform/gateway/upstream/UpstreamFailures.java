package io.microplatform.gateway.upstream;

import io.microplatform.instance.balancer.Outcome;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

import org.springframework.cloud.gateway.support.TimeoutException;

/**
 * Tells what a failure on the way to a service or back says.
 */
public final class UpstreamFailures {

	private UpstreamFailures() {
	}

	/**
	 * What a failure says, without its causes.
	 * @param failure the failure
	 * @return the outcome, null when it says nothing
	 */
	public static @Nullable Outcome outcomeOfOne(Throwable failure) {
		return switch (failure) {
			case PoolAcquireTimeoutException ex -> Outcome.NOT_SENT;
			case PoolAcquirePendingLimitException ex -> Outcome.NOT_SENT;
			case TimeoutException ex -> Outcome.TIMED_OUT;
			case ReadTimeoutException ex -> Outcome.TIMED_OUT;
			// A connection that was not made in time is a ConnectException as well.
			default -> Outcome.ofOne(failure);
		};
	}

}
