package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.microplatform.local.file.AtomicFile;

/**
 * A file in the state directory with lines of {@code key=value} that commands store for
 * later commands. Invalid lines are ignored, and mark the file as damaged.
 *
 * @param file where the lines are
 * @param line what each of them is
 */
record StateFile(Path file, Pattern line) {

	/** The lines that can be understood. */
	Map<String, String> read() throws IOException {
		Map<String, String> values = new TreeMap<>();
		content().stream().flatMap(String::lines).filter(this.line.asMatchPredicate()).forEach((pair) -> {
			int end = pair.indexOf('=');
			values.put(pair.substring(0, end), pair.substring(end + 1));
		});
		return values;
	}

	/** Whether it has fewer lines than were written, or others. */
	boolean isDamaged() throws IOException {
		Optional<String> content = content();
		return content.isPresent()
				&& !(content.get().endsWith("\n") && content.get().lines().allMatch(this.line.asMatchPredicate()));
	}

	private Optional<String> content() throws IOException {
		return new AtomicFile(this.file).read();
	}

	/** Replaces all lines; without any there is no file. */
	void write(Map<String, ?> values) throws IOException {
		if (values.isEmpty()) {
			Files.deleteIfExists(this.file);
			return;
		}
		new AtomicFile(this.file).write(values.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + entry.getValue() + "\n")
			.collect(Collectors.joining()));
	}

}
