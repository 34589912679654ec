package io.microplatform.config.refresh;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * There is one refresh at a time.
 */
@ResponseStatus(code = HttpStatus.CONFLICT, reason = "Another refresh is under way")
class RefreshUnderWayException extends RuntimeException {

	RefreshUnderWayException() {
		super("another refresh is under way");
	}

}
