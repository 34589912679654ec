package io.microplatform.starter.problem;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * What the firewall finds only when a header is read is a mistake of the client. Asked
 * before {@link ProblemHandler}, to whom this would be as unexpected as a defect.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class RejectedRequestHandler {

	private final TraceIds traceIds;

	RejectedRequestHandler(TraceIds traceIds) {
		this.traceIds = traceIds;
	}

	@ExceptionHandler(RequestRejectedException.class)
	ResponseEntity<ProblemDetail> handle(HttpServletRequest request) {
		ProblemDetail problem = Problem.of(HttpStatus.BAD_REQUEST, "A header has characters that are not allowed.");
		problem.setProperty("traceId", this.traceIds.of(request));
		return ResponseEntity.badRequest().contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
	}

}
