package io.microplatform.starter.problem;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.util.StringUtils;

/**
 * The kinds of problem that the platform answers with, as RFC 9457 problem details. The
 * type of each is {@code /problems/<kind>}; clients may rely on it, never on the text.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public final class Problem {

	/** Kinds whose name says more than the status does on its own. */
	private static final Map<Integer, String> KINDS = Map.ofEntries(Map.entry(400, "malformed-request"),
			Map.entry(401, "unauthorized"), Map.entry(403, "forbidden"), Map.entry(404, "not-found"),
			Map.entry(405, "method-not-allowed"), Map.entry(406, "not-acceptable"), Map.entry(408, "request-timeout"),
			Map.entry(409, "conflict"), Map.entry(412, "precondition-failed"), Map.entry(413, "payload-too-large"),
			Map.entry(415, "unsupported-media-type"), Map.entry(422, "rule-violated"), Map.entry(500, "internal"),
			Map.entry(503, "unavailable"));

	private Problem() {
	}

	/**
	 * A problem whose kind follows from its status.
	 * @param status the HTTP status, 4xx or 5xx
	 * @param detail what happened, for a person to read; never anything internal
	 * @return the problem, still without its trace id
	 */
	public static ProblemDetail of(HttpStatusCode status, String detail) {
		return of(status, KINDS.getOrDefault(status.value(), "status-" + status.value()), detail);
	}

	/**
	 * A problem whose kind says more than its status.
	 * @param status the HTTP status, 4xx or 5xx
	 * @param kind the kind
	 * @param detail what happened, for a person to read; never anything internal
	 * @return the problem, still without its trace id
	 */
	static ProblemDetail of(HttpStatusCode status, String kind, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(URI.create("/problems/" + kind));
		problem.setTitle(StringUtils.capitalize(kind.replace('-', ' ')));
		return problem;
	}

	/**
	 * A problem of which there is nothing to say that would help a client.
	 * @param status the HTTP status, 4xx or 5xx
	 * @return the problem, still without its trace id
	 */
	static ProblemDetail unexplained(HttpStatusCode status) {
		return of(status, status.is5xxServerError() ? "Something went wrong; the log has it by its trace id."
				: "The request cannot be handled.");
	}

	/**
	 * Input that parses but is not valid.
	 * @param errors each offending field with what is wrong with it
	 * @return the problem, status 400, still without its trace id
	 */
	public static ProblemDetail validation(List<FieldProblem> errors) {
		ProblemDetail problem = of(HttpStatus.BAD_REQUEST, "validation", "The request is not valid; see errors.");
		problem.setProperty("errors", errors);
		return problem;
	}

	/**
	 * One field and what is wrong with it.
	 *
	 * @param field the name as the client sent it, nested names separated by dots
	 * @param message what is wrong, for a person to read
	 */
	public record FieldProblem(String field, String message) {
	}

}
