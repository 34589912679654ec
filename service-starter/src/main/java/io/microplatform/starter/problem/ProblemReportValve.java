package io.microplatform.starter.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/**
 * An {@link ErrorReportValve} that answers with a problem where Tomcat rejects a request
 * before any filter sees it, for example a malformed target. It is public and has a
 * constructor without arguments because Tomcat creates it by name.
 */
public final class ProblemReportValve extends ErrorReportValve {

	@Override
	protected void report(Request request, Response response, @Nullable Throwable throwable) {
		int status = response.getStatus();
		if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
			return;
		}
		HttpStatus known = Objects.requireNonNullElse(HttpStatus.resolve(status), HttpStatus.BAD_REQUEST);
		ProblemDetail problem = Problem.of(known, "");
		String traceId = TraceIds.fromHeader(request.getHeader("traceparent"));
		FailureLog.log(known, traceId, throwable);
		String body = String.format(Locale.ROOT, """
				{"type":"%s","title":"%s","status":%d,"detail":"The request cannot be handled.","traceId":"%s"}""",
				problem.getType(), problem.getTitle(), status, traceId);
		try {
			response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
			response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
			response.finishResponse();
		}
		catch (IOException ex) {
			// The client has closed the connection.
			container.getLogger().debug("Problem not written", ex);
		}
	}

}
