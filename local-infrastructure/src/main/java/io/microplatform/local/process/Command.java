package io.microplatform.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start a process: its whole environment is given, nothing is inherited but what
 * finds programs and says in which encoding they read; their time zone is UTC.
 *
 * @param line the program and its arguments
 * @param environment what it gets to know, secrets included
 * @param directory where it runs
 */
public record Command(List<String> line, Map<String, String> environment, Path directory) {

	private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "USER");

	/** A builder with the environment and directory for a line that runs this one. */
	ProcessBuilder processBuilder(List<String> wrapped) {
		ProcessBuilder builder = new ProcessBuilder(wrapped).directory(this.directory.toFile());
		builder.environment().keySet().retainAll(INHERITED);
		builder.environment().putAll(NeutralLocale.VARIABLES);
		builder.environment().putAll(this.environment);
		return builder;
	}

	@Override
	public String toString() {
		return String.join(" ", this.line);
	}

}
