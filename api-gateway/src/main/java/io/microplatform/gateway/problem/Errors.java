package io.microplatform.gateway.problem;

import java.io.IOException;

import io.microplatform.gateway.upstream.UnknownReleaseException;
import io.microplatform.gateway.upstream.UpstreamFailures;
import io.microplatform.instance.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

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
		if (error instanceof ResponseStatusException answer) {
			return ProblemKind.of(answer.getStatusCode().value()).orElse(null);
		}
		return switch (UpstreamFailures.outcomeOfOne(error)) {
			case REFUSED, NOT_SENT -> ProblemKind.UNAVAILABLE;
			case TIMED_OUT -> ProblemKind.UPSTREAM_TIMEOUT;
			case null, default -> (error instanceof IOException) ? ProblemKind.BAD_GATEWAY : null;
		};
	}

	static String detailOf(Throwable error, ProblemKind kind) {
		return (error instanceof UnknownReleaseException release) ? release.detail() : detailOf(kind);
	}

	private static String detailOf(ProblemKind kind) {
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
