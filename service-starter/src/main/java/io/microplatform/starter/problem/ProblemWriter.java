package io.microplatform.starter.problem;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/**
 * Writes problems outside of controllers: in filters and in the error page. Does nothing
 * when the response is already committed.
 */
public final class ProblemWriter {

	private final JsonMapper json;

	private final TraceIds traceIds;

	ProblemWriter(JsonMapper json, TraceIds traceIds) {
		this.json = json;
		this.traceIds = traceIds;
	}

	/**
	 * Answers with the problem and its trace id, and logs it under that id when it is a
	 * failure of this instance.
	 * @param problem the problem; its status becomes the answer's
	 * @param request the request that failed
	 * @param response the answer to write
	 * @param cause why it failed, if that is known
	 * @throws IOException when the client cannot be written to
	 */
	public void write(ProblemDetail problem, HttpServletRequest request, HttpServletResponse response,
			@Nullable Throwable cause) throws IOException {
		String traceId = this.traceIds.of(request);
		FailureLog.log(HttpStatusCode.valueOf(problem.getStatus()), traceId, cause);
		if (response.isCommitted()) {
			return;
		}
		problem.setProperty("traceId", traceId);
		response.setStatus(problem.getStatus());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.getOutputStream().write(this.json.writeValueAsBytes(problem));
	}

	/**
	 * Prepares a problem for the answers to many requests.
	 * @param problem the problem; its status becomes the answer's
	 * @return the problem without a trace id
	 */
	public PreparedProblem prepare(ProblemDetail problem) {
		problem.setProperty("traceId", PreparedProblem.ANY_TRACE_ID);
		return new PreparedProblem(problem.getStatus(), this.json.writeValueAsString(problem));
	}

}
