package io.microplatform.acceptance.platform;

import org.jspecify.annotations.Nullable;

/**
 * The command line did not do what it says; the message has its output and the logs.
 */
public final class PlatformFailedException extends RuntimeException {

	private final String summary;

	/**
	 * A failure.
	 * @param message what was tried, and what came of it
	 * @param cause why, when something else failed
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

	/** What came of it, without the logs. */
	public String summary() {
		return this.summary;
	}

}
