package io.microplatform.gateway.problem;

import java.io.IOException;

import io.microplatform.gateway.upstream.UnknownReleaseException;
import io.microplatform.gateway.upstream.UpstreamFailures;
import io.microplatform.instance.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ResponseStatusException;

/**
 * Mapping of errors of a routed request to the problem that the client gets.
 */
final class Errors {

	private Errors() {
	}

	/**
	 * Returns the kind of problem for an error.
	 * @param error what happened
	 * @param sent whether the request was sent to the service: any other error, such as
	 * an answer that is not HTTP, is then attributed to the service
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
		if (error instanceof RefusedRequestException refusal) {
			return refusal.kind();
		}
		if (error instanceof ResponseStatusException answer) {
			return ProblemKind.of(answer.getStatusCode().value()).orElse(null);
		}
		return switch (UpstreamFailures.outcomeOfOne(error)) {
			case REFUSED, NOT_SENT -> ProblemKind.UNAVAILABLE;
			case TIMED_OUT -> ProblemKind.UPSTREAM_TIMEOUT;
			case null, default -> (error instanceof IOException) ? ProblemKind.BAD_GATEWAY : null;
		};
	}

	/**
	 * Returns the refusal in the cause chain of an error.
	 * @param error what happened
	 * @return the refusal, {@code null} if the gateway did not refuse the request
	 */
	static @Nullable RefusedRequestException refusalIn(Throwable error) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof RefusedRequestException refusal) {
				return refusal;
			}
		}
		return null;
	}

	static String detailOf(Throwable error, ProblemKind kind) {
		RefusedRequestException refusal = refusalIn(error);
		if (refusal != null) {
			return refusal.detail();
		}
		return (error instanceof UnknownReleaseException release) ? release.detail() : detailOf(kind);
	}

	private static String detailOf(ProblemKind kind) {
		return switch (kind) {
			case NOT_FOUND -> "There is nothing at this path.";
			case UNAVAILABLE -> "No instance of the service can be reached. The request had no effect; try again.";
			case UPSTREAM_TIMEOUT -> "The service did not answer in time. The request may still take effect.";
			case BAD_GATEWAY -> "The service closed the connection early. The request may have taken effect.";
			case INTERNAL -> "The gateway failed. Include the trace id when you report the error.";
			default -> kind.title() + ".";
		};
	}

}
