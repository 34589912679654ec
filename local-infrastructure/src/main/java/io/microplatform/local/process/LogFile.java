package io.microplatform.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

import io.microplatform.local.file.Directories;

/**
 * The output of a process in its current run. Only the output of the previous run is kept
 * with it, and {@link #shorten()} limits the size of a long run, so that logs do not grow
 * without bounds. A program that writes its own log file appends to it across restarts
 * and limits its size; its output goes to a separate file.
 *
 * @param path the file
 */
public record LogFile(Path path) {

	/** The extension of log files. */
	public static final String LOG = ".log";

	/** The extension of the output of programs with a log file of their own. */
	public static final String OUTPUT = ".out";

	/** The size, in bytes, above which the output of a run is shortened. */
	static final long LARGEST = 100L * 1024 * 1024;

	/** The bytes that are kept then. */
	static final long KEPT = 10L * 1024 * 1024;

	private static final String FLAGS = "flags:";

	/** {@code O_APPEND} on Linux. */
	private static final int APPEND = 02000;

	/** Ends the name of the output of the previous run. */
	private static final String PREVIOUS = ".1";

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
			Files.move(this.path, previous(), StandardCopyOption.REPLACE_EXISTING);
		}
		return this.path.toAbsolutePath();
	}

	private Path previous() {
		return this.path.resolveSibling(this.path.getFileName() + PREVIOUS);
	}

	/**
	 * Shortens every output in a directory that has grown too large.
	 * @param logs the directory
	 */
	public static void shortenAll(Path logs) throws IOException {
		for (Path file : Directories.list(logs)) {
			String name = file.toString();
			if (name.endsWith(LOG) || name.endsWith(OUTPUT)) {
				new LogFile(file).shorten();
			}
		}
	}

	/**
	 * Begins the file again when it has grown too large, while its process continues to
	 * append to it. The newest lines take the place of the output of the previous run, if
	 * there is space for them; lines that are printed in this moment can be lost. A file
	 * to which a process does not append is left alone: the process would continue at its
	 * position, behind a hole.
	 */
	public void shorten() throws IOException {
		if (!Files.isRegularFile(this.path) || Files.size(this.path) <= LARGEST || hasOtherWriter()) {
			return;
		}
		try {
			keepEnd();
		}
		catch (IOException ex) {
			Files.deleteIfExists(previous());
		}
		try (FileChannel file = FileChannel.open(this.path, StandardOpenOption.WRITE)) {
			file.truncate(0);
		}
	}

	private void keepEnd() throws IOException {
		try (FileChannel file = FileChannel.open(this.path, StandardOpenOption.READ);
				FileChannel kept = FileChannel.open(previous(), StandardOpenOption.CREATE, StandardOpenOption.WRITE,
						StandardOpenOption.TRUNCATE_EXISTING)) {
			file.position(file.size() - KEPT);
			kept.transferFrom(file, 0, KEPT);
		}
	}

	/** Whether the output of a process goes to this file without appending; on Linux. */
	private boolean hasOtherWriter() {
		return ProcessHandle.allProcesses()
			.map((process) -> Path.of("/proc", Long.toString(process.pid())))
			.anyMatch(this::isWrittenWithoutAppending);
	}

	private boolean isWrittenWithoutAppending(Path process) {
		try {
			return Files.isSameFile(process.resolve("fd/1"), this.path) && Files
				.readAllLines(process.resolve("fdinfo/1"))
				.stream()
				.filter((line) -> line.startsWith(FLAGS))
				.allMatch((line) -> (Integer.parseInt(line.substring(FLAGS.length()).strip(), 8) & APPEND) == 0);
		}
		catch (IOException ex) {
			return false;
		}
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
