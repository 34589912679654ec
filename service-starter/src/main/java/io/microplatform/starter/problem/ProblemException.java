package io.microplatform.starter.problem;

import java.time.Duration;
import java.util.List;

import io.microplatform.starter.problem.Problem.FieldProblem;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * Ends a request with a problem that its client can understand.
 */
public final class ProblemException extends ErrorResponseException {

	private ProblemException(HttpStatus status, ProblemDetail problem) {
		super(status, problem, null);
	}

	/**
	 * What was asked for does not exist, or belongs to somebody else.
	 * @param what the kind of thing, as in "order"
	 * @return the exception to throw
	 */
	public static ProblemException notFound(String what) {
		return of(HttpStatus.NOT_FOUND, "There is no such " + what + ".");
	}

	/**
	 * The request conflicts with the present state.
	 * @param detail with what it conflicts
	 * @return the exception to throw
	 */
	public static ProblemException conflict(String detail) {
		return of(HttpStatus.CONFLICT, detail);
	}

	/**
	 * An earlier request, of which this one may be a repeat, is not over.
	 * @param detail what is being done
	 * @param retryAfter when to send this one again, in whole seconds
	 * @return the exception to throw
	 */
	public static ProblemException inProgress(String detail, Duration retryAfter) {
		ProblemException exception = new ProblemException(HttpStatus.CONFLICT,
				Problem.of(HttpStatus.CONFLICT, "request-in-progress", detail));
		exception.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
		return exception;
	}

	/**
	 * The key of the request belongs to another request.
	 * @param header the header that has the key
	 * @return the exception to throw
	 */
	public static ProblemException keyReused(String header) {
		String message = "came with another request before";
		ProblemDetail problem = Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused",
				header + " " + message);
		problem.setProperty("errors", List.of(new FieldProblem(header, message)));
		return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, problem);
	}

	/**
	 * The request is well-formed, but against a rule.
	 * @param field the field that breaks the rule
	 * @param message the rule
	 * @return the exception to throw
	 */
	public static ProblemException ruleViolated(String field, String message) {
		ProblemDetail problem = Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, field + " " + message);
		problem.setProperty("errors", List.of(new FieldProblem(field, message)));
		return new ProblemException(HttpStatus.UNPROCESSABLE_CONTENT, problem);
	}

	/**
	 * One field of the request is not valid.
	 * @param field its name
	 * @param message what is wrong with it
	 * @return the exception to throw
	 */
	public static ProblemException invalid(String field, String message) {
		return new ProblemException(HttpStatus.BAD_REQUEST,
				Problem.validation(List.of(new FieldProblem(field, message))));
	}

	/**
	 * Whoever asks has not shown who they are.
	 * @param detail what was wrong with the proof
	 * @return the exception to throw
	 */
	public static ProblemException unauthorized(String detail) {
		return of(HttpStatus.UNAUTHORIZED, detail);
	}

	/**
	 * It is clear who asks, and they may not do this.
	 * @param detail what they may not do
	 * @return the exception to throw
	 */
	public static ProblemException forbidden(String detail) {
		return of(HttpStatus.FORBIDDEN, detail);
	}

	/**
	 * What the client has seen is not the present state any more.
	 * @param detail what has changed
	 * @return the exception to throw
	 */
	public static ProblemException preconditionFailed(String detail) {
		return of(HttpStatus.PRECONDITION_FAILED, detail);
	}

	/**
	 * The body is of a media type, or in a charset, that the call does not take.
	 * @param detail what it takes
	 * @return the exception to throw
	 */
	public static ProblemException unsupportedMediaType(String detail) {
		return of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, detail);
	}

	/**
	 * The body is compressed or otherwise encoded. Names what is taken instead, as RFC
	 * 9110, section 15.5.16, asks for.
	 * @return the exception to throw
	 */
	public static ProblemException unsupportedCoding() {
		ProblemException exception = unsupportedMediaType("The body must not be compressed.");
		exception.getHeaders().set(HttpHeaders.ACCEPT_ENCODING, "identity");
		return exception;
	}

	private static ProblemException of(HttpStatus status, String detail) {
		return new ProblemException(status, Problem.of(status, detail));
	}

}
