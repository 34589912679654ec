package io.microplatform.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.file.Directories;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The records of one platform, one file for each instance. A file appears and is replaced
 * atomically. A file that is not a record is ignored, and reported by {@link #damaged()}.
 *
 * @param directory where the files are
 */
public record RunRecords(Path directory) {

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private static final String EXTENSION = ".json";

	/** All records, of dead processes too. */
	public List<RunRecord> all() throws IOException {
		List<RunRecord> entries = new ArrayList<>();
		for (Path file : files()) {
			read(file).ifPresent(entries::add);
		}
		entries.sort(Comparator.comparing(RunRecord::instance));
		return entries;
	}

	/** The files that should be records, but cannot be understood. */
	public List<Path> damaged() throws IOException {
		List<Path> damaged = new ArrayList<>();
		for (Path file : files()) {
			if (read(file).isEmpty() && Files.exists(file)) {
				damaged.add(file);
			}
		}
		return damaged;
	}

	private List<Path> files() throws IOException {
		return Directories.list(this.directory)
			.stream()
			.filter((file) -> file.toString().endsWith(EXTENSION))
			.sorted()
			.toList();
	}

	public Optional<RunRecord> find(String instance) throws IOException {
		return read(file(instance));
	}

	private static Optional<RunRecord> read(Path file) throws IOException {
		return new AtomicFile(file).read()
			.flatMap(RunRecords::parse)
			.filter((entry) -> file.endsWith(entry.instance() + EXTENSION));
	}

	private static Optional<RunRecord> parse(String content) {
		try {
			return Optional.ofNullable(JSON.readValue(content, RunRecord.class));
		}
		catch (JacksonException damaged) {
			return Optional.empty();
		}
	}

	void write(RunRecord entry) throws IOException {
		Files.createDirectories(this.directory);
		new AtomicFile(file(entry.instance())).write(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(entry));
	}

	public void delete(String instance) throws IOException {
		Files.deleteIfExists(file(instance));
	}

	Path file(String instance) {
		return this.directory.resolve(instance + EXTENSION);
	}

}
