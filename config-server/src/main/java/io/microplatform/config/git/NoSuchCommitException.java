package io.microplatform.config.git;

/**
 * The repository answers, and has no configuration where it was asked for.
 */
class NoSuchCommitException extends RuntimeException {

	NoSuchCommitException(String message) {
		super(message);
	}

	NoSuchCommitException(String message, Throwable cause) {
		super(message, cause);
	}

}
