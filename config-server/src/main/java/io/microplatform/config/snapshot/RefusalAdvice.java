package io.microplatform.config.snapshot;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Tells an instance why it gets no configuration, so that it ends at once and says so. It
 * waits after an answer of the server's own failure.
 */
@RestControllerAdvice
class RefusalAdvice {

	@ExceptionHandler
	ProblemDetail refused(RefusedSnapshotException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, ex.getMessage());
	}

}
