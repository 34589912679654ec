package io.microplatform.acceptance.platform;

import org.jspecify.annotations.Nullable;

/**
 * The command line did not do what it says; the message has its output and the logs.
 */
public final class PlatformFailedException extends RuntimeException {

	/**
	 * A failure.
	 * @param message what was tried, and what came of it
	 * @param cause why, when something else failed
	 */
	public PlatformFailedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
