package io.microplatform.starter.problem;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * A store that is away is a 503 that may be tried again. Asked before
 * {@link ProblemHandler}, to whom this would be as unexpected as a defect.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class StoreAwayHandler {

	private static final String RETRY_AFTER_SECONDS = "1";

	private final TraceIds traceIds;

	StoreAwayHandler(TraceIds traceIds) {
		this.traceIds = traceIds;
	}

	/** Also when a rollback fails: the store went away in the middle of a transaction. */
	@ExceptionHandler({ CannotCreateTransactionException.class, TransactionTimedOutException.class,
			TransactionSystemException.class, DataAccessResourceFailureException.class,
			TransientDataAccessException.class })
	ResponseEntity<ProblemDetail> handle(Exception ex, HttpServletRequest request) {
		HttpStatus status = HttpStatus.SERVICE_UNAVAILABLE;
		ProblemDetail problem = Problem.of(status, "The service cannot reach its data right now; try again.");
		String traceId = this.traceIds.of(request);
		FailureLog.log(status, traceId, ex);
		problem.setProperty("traceId", traceId);
		return ResponseEntity.status(status)
			.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(problem);
	}

}
