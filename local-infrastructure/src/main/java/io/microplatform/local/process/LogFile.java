package io.microplatform.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The output of a process in its current run. Only the output of the previous run is kept
 * with it, so that logs do not grow without bounds. A program that writes its own log
 * file appends to it across restarts and limits its size; its output goes to a separate
 * file.
 *
 * @param path the file
 */
public record LogFile(Path path) {

	/** The extension of log files. */
	public static final String LOG = ".log";

	/** The extension of the output of programs with a log file of their own. */
	public static final String OUTPUT = ".out";

	/** The variable that tells a program of the platform where to write its log. */
	public static final String VARIABLE = "LOGGING_FILE_NAME";

	/** The log of an instance. */
	public static LogFile of(Path logs, String instance) {
		return new LogFile(logs.resolve(instance + LOG));
	}

	/** The file for the output of an instance. */
	static LogFile ofOutput(Path logs, String instance, Command command) {
		return command.environment().containsKey(VARIABLE) ? new LogFile(logs.resolve(instance + OUTPUT))
				: of(logs, instance);
	}

	Path startOver() throws IOException {
		Files.createDirectories(this.path.toAbsolutePath().getParent());
		if (Files.exists(this.path)) {
			Files.move(this.path, this.path.resolveSibling(this.path.getFileName() + ".1"),
					StandardCopyOption.REPLACE_EXISTING);
		}
		return this.path.toAbsolutePath();
	}

	/**
	 * Returns the last lines that an instance logged and printed in its current run.
	 * @param lines the maximum number of lines
	 * @return the lines of its log, followed by its output, which is more likely to show
	 * why it ended
	 */
	public static List<String> tail(Path logs, String instance, int lines) {
		LogFile log = of(logs, instance);
		LogFile output = new LogFile(logs.resolve(instance + OUTPUT));
		List<String> printed = output.tail(lines);
		List<String> tail = new ArrayList<>(
				output.isOfALaterRunThan(log) ? List.of() : log.tail(lines - printed.size()));
		tail.addAll(printed);
		return List.copyOf(tail);
	}

	/** Whether nothing was logged since this file was created. */
	private boolean isOfALaterRunThan(LogFile log) {
		if (!Files.exists(this.path) || !Files.exists(log.path)) {
			return false;
		}
		try {
			return Files.getLastModifiedTime(log.path)
				.compareTo(Files.readAttributes(this.path, BasicFileAttributes.class).creationTime()) < 0;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The last lines, fewer when there are fewer. */
	public List<String> tail(int lines) {
		if (!Files.exists(this.path)) {
			return List.of();
		}
		try {
			List<String> all = new String(Files.readAllBytes(this.path), StandardCharsets.UTF_8).lines().toList();
			return all.subList(Math.max(0, all.size() - lines), all.size());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
