package io.microplatform.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((file) -> file.toString().endsWith(EXTENSION)).sorted().map(RunRecords::read).toList();
		}
	}

	public Optional<RunRecord> find(String instance) {
		Path file = file(instance);
		return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
	}

	private static RunRecord read(Path file) {
		try {
			return JSON.readValue(file, RunRecord.class);
		}
		catch (JacksonException ex) {
			throw new IllegalStateException("%s is no record of a process: %s".formatted(file, ex.getOriginalMessage()),
					ex);
		}
	}

	void write(RunRecord entry) throws IOException {
		Files.createDirectories(this.directory);
		Path file = file(entry.instance());
		Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
		JSON.writerWithDefaultPrettyPrinter().writeValue(fresh, entry);
		Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	public void delete(String instance) throws IOException {
		Files.deleteIfExists(file(instance));
	}

	Path file(String instance) {
		return this.directory.resolve(instance + EXTENSION);
	}

}
