package io.microplatform.starter.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;

/**
 * A problem that is identical for many requests, except for its trace id. It is
 * serialized once and not logged, so that refusing a flood of requests costs little.
 * Immutable.
 */
public final class PreparedProblem {

	/** The placeholder of the trace id in the body. */
	static final String ANY_TRACE_ID = "0".repeat(32);

	private final int status;

	private final byte[] head;

	private final byte[] tail;

	PreparedProblem(int status, String body) {
		int traceId = body.indexOf(ANY_TRACE_ID);
		this.status = status;
		this.head = body.substring(0, traceId).getBytes(StandardCharsets.UTF_8);
		this.tail = body.substring(traceId + ANY_TRACE_ID.length()).getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Answers a request that has no span yet with the problem. The trace id is that of
	 * its {@code traceparent} or, without one, a new id.
	 * @param request the request that is refused
	 * @param response the answer to write
	 * @throws IOException when the client cannot be written to
	 */
	public void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
		byte[] traceId = TraceIds.fromHeader(request.getHeader("traceparent")).getBytes(StandardCharsets.US_ASCII);
		response.setStatus(this.status);
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setContentLength(this.head.length + traceId.length + this.tail.length);
		response.getOutputStream().write(this.head);
		response.getOutputStream().write(traceId);
		response.getOutputStream().write(this.tail);
	}

}
