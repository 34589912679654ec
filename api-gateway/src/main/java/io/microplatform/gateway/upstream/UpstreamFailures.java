package io.microplatform.gateway.upstream;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

import io.microplatform.instance.balancer.Outcome;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

import org.springframework.cloud.gateway.support.TimeoutException;

/**
 * Tells what a failed attempt says of the instance.
 */
final class UpstreamFailures {

	private UpstreamFailures() {
	}

	static Outcome outcomeOf(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			Outcome outcome = outcomeOfOne(cause);
			if (outcome != null) {
				return outcome;
			}
		}
		return Outcome.BROKE_OFF;
	}

	private static @Nullable Outcome outcomeOfOne(Throwable failure) {
		return switch (failure) {
			case PoolAcquireTimeoutException ex -> Outcome.NOT_SENT;
			case PoolAcquirePendingLimitException ex -> Outcome.NOT_SENT;
			// A connection that was not made in time is one of these as well.
			case ConnectException ex -> Outcome.REFUSED;
			case NoRouteToHostException ex -> Outcome.REFUSED;
			case UnknownHostException ex -> Outcome.REFUSED;
			case TimeoutException ex -> Outcome.TIMED_OUT;
			case java.util.concurrent.TimeoutException ex -> Outcome.TIMED_OUT;
			case ReadTimeoutException ex -> Outcome.TIMED_OUT;
			default -> null;
		};
	}

}
