package io.microplatform.local.kafka;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import io.microplatform.local.file.AtomicFile;

/**
 * The file by which a broker recognizes its log directory. Without this file the broker
 * does not start, and with another one the data cannot be used, so that a copy is kept.
 *
 * @param file {@code meta.properties} in the log directory
 * @param copy the copy, outside of that directory
 */
record KafkaIdentity(AtomicFile file, AtomicFile copy) {

	private static final List<String> NAMES = List.of("version", "cluster.id", "node.id", "directory.id");

	static KafkaIdentity of(Path logDirectory) {
		return new KafkaIdentity(new AtomicFile(logDirectory.resolve("meta.properties")),
				new AtomicFile(logDirectory.resolveSibling("meta.properties.copy")));
	}

	/**
	 * Repairs the file from the copy, or makes the copy.
	 * @return whether there is a file, which means that the directory has been formatted
	 * @throws IOException when the file is damaged, and so is the copy
	 */
	boolean keep() throws IOException {
		Optional<String> content = this.file.read();
		Optional<String> kept = this.copy.read().filter(KafkaIdentity::isWhole);
		if (content.isEmpty() && (kept.isEmpty() || !hasData())) {
			return false;
		}
		if (content.filter(KafkaIdentity::isWhole).isPresent()) {
			if (!kept.equals(content)) {
				this.copy.write(content.get());
			}
			return true;
		}
		this.file.write(kept.orElseThrow(() -> new IOException(
				this.file.path() + " is damaged: bring it back, or delete all data with `./platform down --purge`")));
		return true;
	}

	private boolean hasData() {
		return Files.isDirectory(this.file.path().resolveSibling("__cluster_metadata-0"));
	}

	private static boolean isWhole(String content) {
		Properties properties = new Properties();
		try {
			properties.load(new StringReader(content));
		}
		catch (IOException | IllegalArgumentException ex) {
			return false;
		}
		return properties.stringPropertyNames().containsAll(NAMES);
	}

}
