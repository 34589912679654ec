package io.microplatform.lab.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Log files of a platform.
 */
final class Logs {

	private static final int TAIL_LINES = 40;

	private final Path directory;

	Logs(Path state) {
		this.directory = state.resolve("logs");
	}

	/**
	 * Returns the last lines of each log and output, for the message of a failed test.
	 */
	String tails() {
		return files().stream().filter(Logs::isCurrent).map(Logs::tail).collect(Collectors.joining("\n"));
	}

	/** Returns whether the file is current, which means that it was not rolled. */
	private static boolean isCurrent(Path file) {
		return file.toString().endsWith(".log") || file.toString().endsWith(".out");
	}

	/** Copies the logs, so that they outlive the platform. */
	void copyTo(Path target) {
		try {
			Files.createDirectories(target);
			for (Path file : files()) {
				Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<Path> files() {
		if (!Files.isDirectory(this.directory)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter(Files::isRegularFile).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String tail(Path file) {
		try (Stream<String> lines = Files.lines(file)) {
			List<String> all = lines.toList();
			List<String> last = all.subList(Math.max(0, all.size() - TAIL_LINES), all.size());
			return "--- end of " + file.getFileName() + "\n" + String.join("\n", last);
		}
		catch (IOException ex) {
			return "--- " + file.getFileName() + ": " + ex;
		}
	}

}
