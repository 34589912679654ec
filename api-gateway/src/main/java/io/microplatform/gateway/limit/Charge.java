package io.microplatform.gateway.limit;

import io.microplatform.gateway.problem.RefusedRequestException;
import io.microplatform.instance.limit.Decision;
import io.microplatform.instance.problem.ProblemKind;

import org.springframework.http.HttpHeaders;

/**
 * The decision of a limit on a request.
 *
 * @param limit the limit
 * @param decision whether the request is within it
 */
record Charge(AppliedLimit limit, Decision decision) {

	/** Returns whether the request exceeds the limit. */
	boolean isRefused() {
		return !this.decision.permitted();
	}

	/**
	 * Sets the header fields that describe the limit.
	 * @param headers the headers of the answer
	 */
	void describe(HttpHeaders headers) {
		headers.set("RateLimit-Policy", this.limit.policy());
		headers.set("RateLimit", "\"" + this.limit.rule() + "\";r=" + this.decision.remaining() + ";t="
				+ AppliedLimit.seconds(this.decision.untilFull()));
	}

	/** Returns the exception for a request that exceeds the limit. */
	RefusedRequestException refusal() {
		String detail = "More than " + this.limit.limit().burst() + " requests in " + this.limit.window()
				+ " s. Try again in " + RefusedRequestException.seconds(this.decision.untilNext()) + " s.";
		return RefusedRequestException.retryLater(ProblemKind.TOO_MANY_REQUESTS, detail, this.decision.untilNext());
	}

}
