package io.microplatform.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes what commands remember for those after them: lines of {@code key=value}.
 */
final class Remembered {

	private Remembered() {
	}

	/**
	 * Replaces a file as a whole, so that nobody reads half of it, whatever is killed.
	 */
	static void write(Path file, Map<String, ?> values) throws IOException {
		Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
		Files.writeString(fresh,
				values.entrySet()
					.stream()
					.map((entry) -> entry.getKey() + "=" + entry.getValue() + "\n")
					.collect(Collectors.joining()));
		Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

}
