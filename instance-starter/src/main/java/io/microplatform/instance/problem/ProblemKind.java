package io.microplatform.instance.problem;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.springframework.http.HttpStatus;

/**
 * The catalogue of problem types (RFC 9457) of the platform. The gateway and the services
 * answer with these types only, so that a type always has the same title and status.
 * docs/api.md describes each of them for clients.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457#section-4">RFC 9457, section 4</a>
 */
public enum ProblemKind {

	/** The request does not follow HTTP, or its target or body cannot be parsed. */
	MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "Malformed request"),
	/** The request can be parsed, but fields are missing or invalid. */
	VALIDATION(HttpStatus.BAD_REQUEST, "Validation"),
	/** The request has no valid credentials. */
	UNAUTHORIZED(HttpStatus.UNAUTHORIZED, "Unauthorized"),
	/** The caller may not do this. */
	FORBIDDEN(HttpStatus.FORBIDDEN, "Forbidden"),
	/** The path or the resource does not exist, or belongs to another user. */
	NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
	/** The path does not support the method. */
	METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed"),
	/** The client does not accept JSON. */
	NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Not acceptable"),
	/** The request did not arrive in time. */
	REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "Request timeout"),
	/** The request conflicts with the present state. */
	CONFLICT(HttpStatus.CONFLICT, "Conflict"),
	/** An earlier request with the same idempotency key is still being handled. */
	REQUEST_IN_PROGRESS(HttpStatus.CONFLICT, "Request in progress"),
	/** The resource has changed since the version that the client names. */
	PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "Precondition failed"),
	/** The body is over the limit. */
	PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "Payload too large"),
	/** The target is over the limit. */
	URI_TOO_LONG(HttpStatus.URI_TOO_LONG, "URI too long"),
	/** The body has an unsupported media type, charset or content coding. */
	UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported media type"),
	/** The request is well-formed and valid, but violates a business rule. */
	RULE_VIOLATED(HttpStatus.UNPROCESSABLE_CONTENT, "Rule violated"),
	/** The idempotency key was used for another request. */
	IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "Idempotency key reused"),
	/** The headers are over the limit. */
	HEADERS_TOO_LARGE(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Headers too large"),
	/** The caller is over a rate limit. */
	TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
	/** A defect of the instance that answers. */
	INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error"),
	/** A service broke off its answer; the request may have had its effect. */
	BAD_GATEWAY(HttpStatus.BAD_GATEWAY, "Bad gateway"),
	/**
	 * A part that is needed is unavailable. A database may have committed before it
	 * failed.
	 */
	UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Service unavailable"),
	/** A service did not answer in time; the request may have had its effect. */
	UPSTREAM_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "Upstream timeout");

	private final HttpStatus status;

	private final String title;

	ProblemKind(HttpStatus status, String title) {
		this.status = status;
		this.title = title;
	}

	/**
	 * Returns the status code of the answer.
	 * @return the {@code status} of the problem
	 */
	public int status() {
		return this.status.value();
	}

	/**
	 * Returns a short summary for people.
	 * @return the {@code title} of the problem
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Returns the URI reference that identifies the kind.
	 * @return the {@code type} of the problem
	 */
	public String type() {
		return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Finds the general kind with a status, for errors of which only the status is known.
	 * @param status the status code of an answer
	 * @return the kind, empty if no kind has that status
	 */
	public static Optional<ProblemKind> of(int status) {
		return Stream.of(values()).filter((kind) -> kind.status() == status).findFirst();
	}

}
