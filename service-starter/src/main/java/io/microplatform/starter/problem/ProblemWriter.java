package io.microplatform.starter.problem;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/**
 * Writes a problem where no message converter is at work: in filters and in the error
 * page. Does nothing when the answer is already on its way.
 */
public final class ProblemWriter {

	private final JsonMapper json;

	private final TraceIds traceIds;

	ProblemWriter(JsonMapper json, TraceIds traceIds) {
		this.json = json;
		this.traceIds = traceIds;
	}

	/**
	 * Answers with the problem and its trace id.
	 * @param problem the problem; its status becomes the answer's
	 * @param request the request that failed
	 * @param response the answer to write
	 * @throws IOException when the client cannot be written to
	 */
	public void write(ProblemDetail problem, HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		if (response.isCommitted()) {
			return;
		}
		problem.setProperty("traceId", this.traceIds.of(request));
		response.setStatus(problem.getStatus());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.getOutputStream().write(this.json.writeValueAsBytes(problem));
	}

}
