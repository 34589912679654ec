package io.microplatform.launcher;

/**
 * Thrown when a command cannot be executed. Its message is for the user.
 */
final class LaunchException extends Exception {

	private static final long serialVersionUID = 1L;

	LaunchException(String message) {
		super(message);
	}

}
