package io.microplatform.config.git;

import io.microplatform.config.source.NoVersionException;

/**
 * Thrown when the repository answers, but has no such branch or commit, or no
 * configuration in it.
 */
class NoSuchCommitException extends NoVersionException {

	NoSuchCommitException(String message) {
		super(message, null);
	}

	NoSuchCommitException(String message, Throwable cause) {
		super(message, cause);
	}

}
