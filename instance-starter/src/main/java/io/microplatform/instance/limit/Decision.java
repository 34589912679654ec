package io.microplatform.instance.limit;

import java.time.Duration;

/**
 * The decision of a {@link RateLimiter} on one request.
 *
 * @param permitted whether a token was available
 * @param remaining the number of remaining tokens
 * @param untilNext the time until the next token is available; zero if the request is
 * permitted
 * @param untilFull the time until the bucket is full, without further requests
 */
public record Decision(boolean permitted, long remaining, Duration untilNext, Duration untilFull) {

	static Decision of(Limit limit, boolean permitted, long remaining, long nanosUntilNext) {
		return new Decision(permitted, remaining, Duration.ofNanos(nanosUntilNext),
				limit.timeFor(Math.max(0, limit.burst() - remaining)));
	}

}
