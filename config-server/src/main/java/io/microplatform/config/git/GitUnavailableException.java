package io.microplatform.config.git;

/**
 * Thrown when the repository cannot be reached. The published snapshot is still served.
 */
class GitUnavailableException extends RuntimeException {

	GitUnavailableException(Exception cause) {
		super("the repository cannot be reached: " + cause.getMessage(), cause);
	}

}
