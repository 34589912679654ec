package io.microplatform.config.rollout;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Another rollout holds the {@link RolloutJournal}.
 */
@ResponseStatus(code = HttpStatus.CONFLICT, reason = "Another rollout is in progress")
class RolloutInProgressException extends RuntimeException {

	RolloutInProgressException() {
		super("another rollout is in progress");
	}

}
