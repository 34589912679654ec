package io.microplatform.starter.problem;

import java.sql.SQLException;

import io.microplatform.starter.database.DatabaseFailure;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * A failure of a store is never the client's mistake: 503 that may be tried again while
 * the store is away, otherwise 500. Asked before {@link ProblemHandler}, and matches
 * causes too.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class StoreFailureHandler {

	private static final String RETRY_AFTER_SECONDS = "1";

	private final TraceIds traceIds;

	StoreFailureHandler(TraceIds traceIds) {
		this.traceIds = traceIds;
	}

	@ExceptionHandler({ DataAccessException.class, TransactionException.class, SQLException.class })
	ResponseEntity<ProblemDetail> handle(Exception ex, HttpServletRequest request) {
		boolean outage = new DatabaseFailure(ex).isOutage();
		HttpStatus status = outage ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.INTERNAL_SERVER_ERROR;
		ProblemDetail problem = outage ? Problem.of(status, "The service cannot use its data right now; try again.")
				: Problem.unexplained(status);
		String traceId = this.traceIds.of(request);
		FailureLog.log(status, traceId, ex);
		problem.setProperty("traceId", traceId);
		return ResponseEntity.status(status).headers((headers) -> {
			if (outage) {
				headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
			}
		}).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
	}

}
