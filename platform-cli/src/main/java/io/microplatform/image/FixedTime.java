package io.microplatform.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The modification time of all files in images. An ahead-of-time cache is valid only for
 * jars with the times that they had in its training run, so the files have it there, too.
 */
final class FixedTime {

	/** A second after the epoch, because some programs take 0 for a missing time. */
	static final Instant INSTANT = Instant.ofEpochSecond(1);

	private FixedTime() {
	}

	static void set(Path file) throws IOException {
		Files.setLastModifiedTime(file, FileTime.from(INSTANT));
	}

	/**
	 * Returns the files below a directory, in the order of their names. A hidden file is
	 * none of them: it belongs to the program that made the directory.
	 */
	static List<Path> files(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile)
				.filter((file) -> !String.valueOf(file.getFileName()).startsWith("."))
				.sorted()
				.toList();
		}
	}

}
