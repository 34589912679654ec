package io.microplatform.gateway.problem;

import java.time.Duration;

import io.microplatform.instance.problem.ProblemKind;

import org.springframework.http.HttpHeaders;

/**
 * Exception that is thrown if the gateway does not send a request to a service, or stops
 * waiting for its answer. The client gets a {@link Problem} with this kind, detail and
 * headers. The exception has no stack trace, so that a refusal is cheap, and is logged at
 * debug level unless it is a defect.
 */
public final class RefusedRequestException extends RuntimeException {

	private static final long serialVersionUID = 1;

	private final ProblemKind kind;

	private final String detail;

	private final HttpHeaders headers;

	/**
	 * Creates a refusal.
	 * @param kind the kind of the problem
	 * @param detail what to tell the client; never what the client sent
	 * @param headers the headers of the answer, which replace those of the kind
	 */
	public RefusedRequestException(ProblemKind kind, String detail, HttpHeaders headers) {
		super(detail, null, false, false);
		this.kind = kind;
		this.detail = detail;
		this.headers = HttpHeaders.copyOf(headers);
	}

	/**
	 * Creates a refusal of a request that the client may retry later.
	 * @param kind the kind of the problem
	 * @param detail what to tell the client; never what the client sent
	 * @param after the time after which the client may retry, sent as {@code Retry-After}
	 * in whole seconds: rounded up, at least 1
	 * @return the refusal
	 */
	public static RefusedRequestException retryLater(ProblemKind kind, String detail, Duration after) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds(after)));
		return new RefusedRequestException(kind, detail, headers);
	}

	/**
	 * Returns the time in {@code Retry-After}.
	 * @param time the time after which the client may retry
	 * @return whole seconds, rounded up, at least 1
	 */
	public static long seconds(Duration time) {
		return Math.max(1, (time.getNano() > 0) ? time.getSeconds() + 1 : time.getSeconds());
	}

	/** Returns the kind of the problem. */
	public ProblemKind kind() {
		return this.kind;
	}

	/** Returns the detail of the problem. */
	public String detail() {
		return this.detail;
	}

	/** Returns the headers of the answer, which replace those of the kind. */
	public HttpHeaders headers() {
		return HttpHeaders.copyOf(this.headers);
	}

}
