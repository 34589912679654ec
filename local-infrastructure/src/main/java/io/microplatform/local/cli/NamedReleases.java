package io.microplatform.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Of which release instances are to be started, where {@code scale} or {@code restart}
 * named one. Kept beside the records of what runs, which go with an instance that could
 * not be started: the next {@code up} must not take it for another release.
 *
 * @param file where that is remembered
 */
record NamedReleases(Path file) {

	static final String FILE = "releases.env";

	private static final Pattern LINE = Pattern.compile("[a-z-]+-\\d=" + ReleaseName.PATTERN);

	/** The release that was named for an instance. */
	Optional<String> of(String instance) throws IOException {
		return Optional.ofNullable(all().get(instance));
	}

	/** The releases that were named, by instance. */
	Map<String, String> all() throws IOException {
		return remembered().read();
	}

	Remembered remembered() {
		return new Remembered(this.file, LINE);
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
		remembered().write(releases);
	}

	void forget() throws IOException {
		Files.deleteIfExists(this.file);
	}

}
