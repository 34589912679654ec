package io.microplatform.local.cli;

import java.util.List;

/**
 * A command could not do what it says; the message tells the user what to do about it.
 */
final class CommandFailedException extends Exception {

	private final List<String> log;

	CommandFailedException(String message) {
		this(message, List.of());
	}

	CommandFailedException(String message, List<String> log) {
		super(message);
		this.log = List.copyOf(log);
	}

	/** The end of the log of the process that failed, if one did. */
	List<String> log() {
		return this.log;
	}

}
