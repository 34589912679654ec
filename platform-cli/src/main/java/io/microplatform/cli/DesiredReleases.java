package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The releases that {@code scale} and {@code restart} chose for instances. They are
 * stored apart from the records of running processes, which are deleted when an instance
 * cannot be started, so that the next {@code up} starts the instance as the same release.
 *
 * @param file where that is remembered
 */
record DesiredReleases(Path file) {

	static final String FILE = "releases.env";

	private static final Pattern LINE = Pattern.compile("[a-z0-9-]+-\\d=" + ReleaseName.PATTERN);

	/** The release that was named for an instance. */
	Optional<String> of(String instance) throws IOException {
		return Optional.ofNullable(all().get(instance));
	}

	/** The releases that were named, by instance. */
	Map<String, String> all() throws IOException {
		return remembered().read();
	}

	StateFile remembered() {
		return new StateFile(this.file, LINE);
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
