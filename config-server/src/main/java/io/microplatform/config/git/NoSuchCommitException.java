package io.microplatform.config.git;

/**
 * The branch has no commit as was asked for.
 */
class NoSuchCommitException extends RuntimeException {

	NoSuchCommitException(String message) {
		super(message);
	}

}
