package io.microplatform.config.snapshot;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * There is no snapshot of the version that was asked for.
 */
@ResponseStatus(code = HttpStatus.NOT_FOUND, reason = "There is no such version of the configuration")
class UnknownVersionException extends RuntimeException {

	UnknownVersionException(String version) {
		super("there is no version " + version);
	}

}
