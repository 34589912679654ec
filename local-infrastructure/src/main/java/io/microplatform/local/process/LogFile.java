package io.microplatform.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The output of a process in its current run. The output of the run before is kept beside
 * it, so that logs do not grow without bounds.
 *
 * @param path the file
 */
public record LogFile(Path path) {

	public static LogFile of(Path logs, String instance) {
		return new LogFile(logs.resolve(instance + ".log"));
	}

	Path startOver() throws IOException {
		Files.createDirectories(this.path.toAbsolutePath().getParent());
		if (Files.exists(this.path)) {
			Files.move(this.path, this.path.resolveSibling(this.path.getFileName() + ".1"),
					StandardCopyOption.REPLACE_EXISTING);
		}
		return this.path.toAbsolutePath();
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
