package io.microplatform.gateway.problem;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.springframework.http.HttpStatus;

/**
 * The problems that the gateway answers itself, as RFC 9457 names them by {@code type}.
 */
public enum ProblemKind {

	/** The request does not follow HTTP, or its target is not one. */
	MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "Malformed request"),

	/** There is no such path. */
	NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),

	/** The method is none that any path knows. */
	METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed"),

	/** The request did not arrive in time. */
	REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "Request timeout"),

	/** The body is over the limit. */
	PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "Payload too large"),

	/** The target is over the limit. */
	URI_TOO_LONG(HttpStatus.URI_TOO_LONG, "URI too long"),

	/** The headers are over the limit. */
	HEADERS_TOO_LARGE(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Headers too large"),

	/** The gateway failed. */
	INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error"),

	/**
	 * A service broke off, or answered what is not HTTP; the request may have had its
	 * effect.
	 */
	BAD_GATEWAY(HttpStatus.BAD_GATEWAY, "Bad gateway"),

	/** No instance of the service could be reached: the request had no effect. */
	UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Service unavailable"),

	/** A service did not answer in time; the request may have its effect. */
	UPSTREAM_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "Upstream timeout");

	private final HttpStatus status;

	private final String title;

	ProblemKind(HttpStatus status, String title) {
		this.status = status;
		this.title = title;
	}

	public int status() {
		return this.status.value();
	}

	public String title() {
		return this.title;
	}

	/**
	 * Returns the URI reference that identifies the kind.
	 * @return the {@code type} of a problem
	 */
	public String type() {
		return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Finds the kind with the status.
	 * @param status the status code of an answer
	 * @return the kind, empty if the gateway has none with that status
	 */
	public static Optional<ProblemKind> of(int status) {
		return Stream.of(values()).filter((kind) -> kind.status() == status).findFirst();
	}

}
