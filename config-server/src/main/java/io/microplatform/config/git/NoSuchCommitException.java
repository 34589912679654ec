package io.microplatform.config.git;

/**
 * Thrown when the repository answers, but has no such branch or commit, or no
 * configuration in it.
 */
class NoSuchCommitException extends RuntimeException {

	NoSuchCommitException(String message) {
		super(message);
	}

	NoSuchCommitException(String message, Throwable cause) {
		super(message, cause);
	}

}
