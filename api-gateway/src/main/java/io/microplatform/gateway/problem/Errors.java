package io.microplatform.gateway.problem;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;

import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

import org.springframework.web.server.ResponseStatusException;

/**
 * Tells what an error on the way to a service or back means for the client.
 */
final class Errors {

	private Errors() {
	}

	/**
	 * Returns the kind of problem that an error is.
	 * @param error what happened
	 * @param sent whether the request was on its way to the service by then: whatever
	 * else went wrong, such as an answer that is not HTTP, is then the service's fault
	 * @return the kind
	 */
	static ProblemKind kindOf(Throwable error, boolean sent) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			ProblemKind kind = kindOfOne(cause);
			if (kind != null) {
				return kind;
			}
		}
		return sent ? ProblemKind.BAD_GATEWAY : ProblemKind.INTERNAL;
	}

	private static @Nullable ProblemKind kindOfOne(Throwable error) {
		return switch (error) {
			case ResponseStatusException ex -> ProblemKind.of(ex.getStatusCode().value()).orElse(null);
			// Nothing was sent yet in any of these cases.
			case ConnectException ex -> ProblemKind.UNAVAILABLE;
			case NoRouteToHostException ex -> ProblemKind.UNAVAILABLE;
			case UnknownHostException ex -> ProblemKind.UNAVAILABLE;
			case PoolAcquireTimeoutException ex -> ProblemKind.UNAVAILABLE;
			case PoolAcquirePendingLimitException ex -> ProblemKind.UNAVAILABLE;
			case TimeoutException ex -> ProblemKind.UPSTREAM_TIMEOUT;
			case ReadTimeoutException ex -> ProblemKind.UPSTREAM_TIMEOUT;
			case IOException ex -> ProblemKind.BAD_GATEWAY;
			default -> null;
		};
	}

	static String detailOf(ProblemKind kind) {
		return switch (kind) {
			case NOT_FOUND -> "There is nothing at this path.";
			case UNAVAILABLE -> "No instance of the service can be reached now. Nothing was done; try again.";
			case UPSTREAM_TIMEOUT -> "The service did not answer in time. It may still do what was asked.";
			case BAD_GATEWAY -> "The service broke off its answer. It may have done what was asked.";
			case INTERNAL -> "The gateway failed. Name the trace id when you report it.";
			default -> kind.title() + ".";
		};
	}

}
