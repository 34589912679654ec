package io.microplatform.config.git;

/**
 * The repository cannot be reached. What was served is still.
 */
class GitAwayException extends RuntimeException {

	GitAwayException(Exception cause) {
		super("the repository cannot be reached: " + cause.getMessage(), cause);
	}

}
