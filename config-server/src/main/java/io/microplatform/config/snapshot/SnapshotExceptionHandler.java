package io.microplatform.config.snapshot;

import io.microplatform.config.rollout.RolloutInProgressException;
import io.microplatform.configfiles.NoSnapshotException;
import io.microplatform.configfiles.UnknownVersionException;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Status codes of requests for snapshots that cannot be served, or not rolled out now. A
 * starting instance retries after a 503, and stops after a 404 or 422.
 */
@RestControllerAdvice
class SnapshotExceptionHandler {

	@ExceptionHandler
	ProblemDetail unknown(UnknownVersionException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail unavailable(NoSnapshotException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, "No configuration is published");
	}

	@ExceptionHandler
	ProblemDetail inProgress(RolloutInProgressException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail refused(RefusedSnapshotException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, ex.getMessage());
	}

}
