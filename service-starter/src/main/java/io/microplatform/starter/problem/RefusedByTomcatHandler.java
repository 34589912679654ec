package io.microplatform.starter.problem;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers 400 to what Tomcat finds wrong with a request only when a controller reads it.
 * Precedes {@link ProblemHandler}, which takes it for a defect.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class RefusedByTomcatHandler {

	private final TraceIds traceIds;

	RefusedByTomcatHandler(TraceIds traceIds) {
		this.traceIds = traceIds;
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> handle(InvalidParameterException ex, HttpServletRequest request) {
		return answer(
				Problem.of(HttpStatus.BAD_REQUEST, "The query must be name=value pairs in percent-encoded UTF-8."),
				request);
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> handle(BadRequestException ex, HttpServletRequest request) {
		return answer(Problem.unexplained(HttpStatus.BAD_REQUEST), request);
	}

	private ResponseEntity<ProblemDetail> answer(ProblemDetail problem, HttpServletRequest request) {
		problem.setProperty("traceId", this.traceIds.of(request));
		return ResponseEntity.badRequest().contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
	}

}
