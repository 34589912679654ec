package io.microplatform.lab.platform;

/**
 * Exit code and output of a command.
 *
 * @param exitCode the exit code; -1 if the command was killed after a timeout
 * @param text the combined standard output and error
 */
public record CommandOutput(int exitCode, String text) {

	/**
	 * Returns the last line of the output.
	 * @return the last line, or an empty string if there is no output
	 */
	public String lastLine() {
		return this.text.strip().lines().reduce("", (before, line) -> line);
	}

}
