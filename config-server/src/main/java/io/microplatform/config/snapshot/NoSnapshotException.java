package io.microplatform.config.snapshot;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * There is nothing whole to serve now; clients ask again until there is.
 */
@ResponseStatus(code = HttpStatus.SERVICE_UNAVAILABLE, reason = "No configuration is published")
class NoSnapshotException extends RuntimeException {

	NoSnapshotException(String message) {
		super(message);
	}

	NoSnapshotException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
