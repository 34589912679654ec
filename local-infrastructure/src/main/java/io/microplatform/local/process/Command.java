package io.microplatform.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A command line, with the whole environment of its process. Only the variables that find
 * programs and choose an encoding are inherited; the time zone is UTC.
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
