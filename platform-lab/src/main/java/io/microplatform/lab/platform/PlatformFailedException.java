package io.microplatform.lab.platform;

import org.jspecify.annotations.Nullable;

/**
 * Exception thrown when the platform does not reach the expected state. The message
 * contains the output of the command and the ends of the logs.
 */
public final class PlatformFailedException extends RuntimeException {

	private final String summary;

	/**
	 * Creates an exception without logs.
	 * @param message what failed
	 * @param cause the cause, or null
	 */
	public PlatformFailedException(String message, @Nullable Throwable cause) {
		this(message, message, cause);
	}

	private PlatformFailedException(String summary, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.summary = summary;
	}

	static PlatformFailedException of(String summary, Logs logs) {
		return new PlatformFailedException(summary, summary + "\n" + logs.tails(), null);
	}

	/** Returns the message without the logs. */
	public String summary() {
		return this.summary;
	}

}
