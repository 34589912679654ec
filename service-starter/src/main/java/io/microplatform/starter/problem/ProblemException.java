package io.microplatform.starter.problem;

import java.util.List;

import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.problem.Problem.FieldProblem;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * An {@link ErrorResponseException} that ends a request with a problem of a
 * {@link ProblemKind}.
 */
public final class ProblemException extends ErrorResponseException {

	/**
	 * A problem that concerns the request as a whole.
	 * @param kind determines type, title and status
	 * @param detail what happened, for people to read; never anything internal
	 */
	public ProblemException(ProblemKind kind, String detail) {
		this(Problem.of(kind, detail));
	}

	private ProblemException(ProblemDetail problem) {
		super(HttpStatusCode.valueOf(problem.getStatus()), problem, null);
	}

	/**
	 * The resource does not exist, or belongs to another user.
	 * @param what the kind of resource, as in "order"
	 * @return the exception to throw
	 */
	public static ProblemException notFound(String what) {
		return new ProblemException(ProblemKind.NOT_FOUND, "There is no such " + what + ".");
	}

	/**
	 * One field of the request is not valid.
	 * @param field its name
	 * @param message what is wrong with it
	 * @return the exception to throw
	 */
	public static ProblemException invalid(String field, String message) {
		return new ProblemException(Problem.validation(List.of(new FieldProblem(field, message))));
	}

	/**
	 * One field of the request is the reason for a problem.
	 * @param kind determines type, title and status
	 * @param field its name
	 * @param message what is wrong with it
	 * @return the exception to throw
	 */
	public static ProblemException ofField(ProblemKind kind, String field, String message) {
		return new ProblemException(Problem.of(kind, field + " " + message, List.of(new FieldProblem(field, message))));
	}

	/**
	 * Adds a header to the answer.
	 * @param name of the header
	 * @param value of the header
	 * @return this exception
	 */
	public ProblemException withHeader(String name, String value) {
		getHeaders().set(name, value);
		return this;
	}

}
