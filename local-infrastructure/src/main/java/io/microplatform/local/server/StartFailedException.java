package io.microplatform.local.server;

import java.util.List;

/**
 * Thrown when a process does not become ready. Contains the end of its output.
 */
public final class StartFailedException extends Exception {

	private final String instance;

	private final List<String> log;

	public StartFailedException(String instance, String reason, List<String> log) {
		super(instance + " " + reason);
		this.instance = instance;
		this.log = List.copyOf(log);
	}

	public String instance() {
		return this.instance;
	}

	public List<String> log() {
		return this.log;
	}

}
