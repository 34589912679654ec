package io.microplatform.gateway.limit;

import java.time.Duration;

import io.microplatform.gateway.problem.RefusedRequestException;
import io.microplatform.instance.limit.Limit;

/**
 * A limit that applies to a request, and the subject whose requests it counts.
 *
 * @param rule the name of the limit: the id of a route, or a name that several routes
 * share
 * @param subject the id of a user, or the address of a client
 * @param limit the limit
 */
record AppliedLimit(String rule, String subject, Limit limit) {

	/** Returns the time in which an empty bucket fills, in seconds, rounded up. */
	long window() {
		return seconds(this.limit.timeToFill());
	}

	/**
	 * Returns the value of {@code RateLimit-Policy}.
	 *
	 * @see <a href=
	 * "https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-11">RateLimit
	 * header fields for HTTP</a>
	 */
	String policy() {
		return "\"" + this.rule + "\";q=" + this.limit.burst() + ";w=" + window();
	}

	/** Returns a time in whole seconds, rounded up. */
	static long seconds(Duration time) {
		return time.isZero() ? 0 : RefusedRequestException.seconds(time);
	}

}
