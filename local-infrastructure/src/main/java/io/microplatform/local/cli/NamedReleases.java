package io.microplatform.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Of which release instances are to be started, where {@code scale} or {@code restart}
 * named one. Kept beside the records of what runs, which go with an instance that could
 * not be started: the next {@code up} must not take it for another release.
 *
 * @param file where that is remembered
 */
record NamedReleases(Path file) {

	static final String FILE = "releases.env";

	/**
	 * The release that was named for an instance.
	 * @throws IOException when the file cannot be read or has a line that is not
	 * {@code instance=release}
	 */
	Optional<String> of(String instance) throws IOException {
		return Optional.ofNullable(all().get(instance));
	}

	/** The releases that were named, by instance. */
	Map<String, String> all() throws IOException {
		Map<String, String> releases = new TreeMap<>();
		if (Files.exists(this.file)) {
			for (String line : Files.readAllLines(this.file)) {
				int end = line.indexOf('=');
				if (end < 0 || !line.substring(0, end).matches("[a-z-]+-\\d")
						|| !ReleaseName.isOne(line.substring(end + 1))) {
					throw new IOException(
							"%s: \"%s\" is not INSTANCE=RELEASE: delete the file".formatted(this.file, line));
				}
				releases.put(line.substring(0, end), line.substring(end + 1));
			}
		}
		return releases;
	}

	void set(Collection<String> instances, String release) throws IOException {
		Map<String, String> releases = all();
		instances.forEach((instance) -> releases.put(instance, release));
		setAll(releases);
	}

	/** Forgets those of all other instances. */
	void keep(Predicate<String> instances) throws IOException {
		Map<String, String> releases = all();
		if (releases.keySet().removeIf(instances.negate())) {
			setAll(releases);
		}
	}

	void setAll(Map<String, String> releases) throws IOException {
		Remembered.write(this.file, releases);
	}

	void forget() throws IOException {
		Files.deleteIfExists(this.file);
	}

}
