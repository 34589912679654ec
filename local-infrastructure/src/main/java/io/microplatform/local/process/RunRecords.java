package io.microplatform.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The records of one platform, one file for each instance. A file appears and is replaced
 * as a whole.
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
		if (!Files.isDirectory(this.directory)) {
			return List.of();
		}
		List<Path> files;
		try (Stream<Path> entries = Files.list(this.directory)) {
			files = entries.filter((file) -> file.toString().endsWith(EXTENSION)).toList();
		}
		List<RunRecord> entries = new ArrayList<>();
		for (Path file : files) {
			read(file).ifPresent(entries::add);
		}
		entries.sort(Comparator.comparing(RunRecord::instance));
		return entries;
	}

	public Optional<RunRecord> find(String instance) throws IOException {
		return read(file(instance));
	}

	private static Optional<RunRecord> read(Path file) throws IOException {
		try {
			return Optional.of(JSON.readValue(Files.readString(file), RunRecord.class));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
		catch (JacksonException ex) {
			throw new IOException("%s is no record of a process: %s".formatted(file, ex.getOriginalMessage()), ex);
		}
	}

	void write(RunRecord entry) throws IOException {
		Files.createDirectories(this.directory);
		Path file = file(entry.instance());
		Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
		Files.writeString(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(entry));
		Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	public void delete(String instance) throws IOException {
		Files.deleteIfExists(file(instance));
	}

	Path file(String instance) {
		return this.directory.resolve(instance + EXTENSION);
	}

}
