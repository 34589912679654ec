package io.microplatform.starter.problem;

import java.net.URI;
import java.util.List;

import io.microplatform.instance.problem.ProblemKind;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/**
 * Makes {@link ProblemDetail}s of the kinds in {@link ProblemKind}, still without their
 * trace id.
 */
public final class Problem {

	private Problem() {
	}

	/**
	 * A problem of a kind.
	 * @param kind determines type, title and status
	 * @param detail what happened, for people to read; never anything internal
	 * @return the problem
	 */
	public static ProblemDetail of(ProblemKind kind, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(kind.status()), detail);
		problem.setType(URI.create(kind.type()));
		problem.setTitle(kind.title());
		return problem;
	}

	/**
	 * A problem of which only the status is known. A status without a kind gets the type
	 * {@code about:blank} and the reason phrase as title, as RFC 9457 says.
	 */
	static ProblemDetail of(HttpStatusCode status, String detail) {
		return ProblemKind.of(status.value()).map((kind) -> of(kind, detail)).orElseGet(() -> {
			ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
			problem.setType(URI.create("about:blank"));
			return problem;
		});
	}

	/** A problem whose cause is of no use to the client, or must not be told. */
	static ProblemDetail unexplained(HttpStatusCode status) {
		return of(status, status.is5xxServerError() ? "Something went wrong; the log has it by its trace id."
				: "The request cannot be handled.");
	}

	/** A problem with offending fields. */
	static ProblemDetail of(ProblemKind kind, String detail, List<FieldProblem> errors) {
		ProblemDetail problem = of(kind, detail);
		problem.setProperty("errors", errors);
		return problem;
	}

	/** Input that can be parsed, but is not valid. */
	static ProblemDetail validation(List<FieldProblem> errors) {
		return of(ProblemKind.VALIDATION, "The request is not valid; see errors.", errors);
	}

	/**
	 * An offending field.
	 *
	 * @param field the name as the client sent it, nested names separated by dots
	 * @param message what is wrong, for people to read
	 */
	record FieldProblem(String field, String message) {
	}

}
