package io.microplatform.cli;

import java.util.List;

/**
 * Thrown when a command cannot do what it says. The message tells the user what to do.
 */
final class CommandFailedException extends Exception {

	private static final int FAILED = 1;

	private static final int NOT_UNDERSTOOD = 2;

	private final int code;

	private final List<String> log;

	CommandFailedException(String message) {
		this(message, List.of());
	}

	CommandFailedException(String message, List<String> log) {
		this(message, FAILED, log);
	}

	private CommandFailedException(String message, int code, List<String> log) {
		super(message);
		this.code = code;
		this.log = List.copyOf(log);
	}

	/** It names something that does not exist. */
	static CommandFailedException notUnderstood(String message) {
		return new CommandFailedException(message, NOT_UNDERSTOOD, List.of());
	}

	/** With which the command ends. */
	int code() {
		return this.code;
	}

	/** The end of the log of the process that failed, if one did. */
	List<String> log() {
		return this.log;
	}

}
