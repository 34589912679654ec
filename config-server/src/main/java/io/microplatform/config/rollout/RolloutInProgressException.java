package io.microplatform.config.rollout;

/**
 * Another rollout holds the {@link RolloutJournal}.
 */
public class RolloutInProgressException extends RuntimeException {

	RolloutInProgressException() {
		super("another rollout is in progress");
	}

}
