package io.microplatform.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The properties of the project that images are labeled with.
 *
 * @param version the version of the project
 * @param created the time of its outputs, which does not depend on the time of the build
 * @see <a href=
 * "https://github.com/opencontainers/image-spec/blob/main/annotations.md">OCI
 * annotations</a>
 */
record ProjectInfo(String version, Instant created) {

	private static final String PREFIX = "org.opencontainers.image.";

	private static final Pattern VERSION = Pattern
		.compile("<artifactId>microplatform</artifactId>\\s*<version>([^<]+)</version>");

	private static final Pattern CREATED = Pattern
		.compile("<project\\.build\\.outputTimestamp>([^<]+)</project\\.build\\.outputTimestamp>");

	/** Reads the POM of a checkout. */
	static ProjectInfo of(Path root) throws IOException {
		Path file = root.resolve("pom.xml");
		String pom = Files.readString(file);
		try {
			return new ProjectInfo(find(VERSION, pom, file), Instant.parse(find(CREATED, pom, file)));
		}
		catch (DateTimeParseException ex) {
			throw new IOException(file + ": invalid project.build.outputTimestamp: " + ex.getMessage(), ex);
		}
	}

	private static String find(Pattern pattern, String pom, Path file) throws IOException {
		Matcher matcher = pattern.matcher(pom);
		if (!matcher.find()) {
			throw new IOException(file + " does not contain " + pattern);
		}
		return matcher.group(1).strip();
	}

	/**
	 * Returns the labels of an image.
	 * @param program the name of the program
	 * @param environment the environment variables, of which PLATFORM_REVISION and
	 * PLATFORM_SOURCE name the commit and its repository, if a pipeline sets them
	 */
	Map<String, String> labels(String program, Map<String, String> environment) {
		Map<String, String> labels = new TreeMap<>();
		labels.put(PREFIX + "title", program);
		labels.put(PREFIX + "version", environment.getOrDefault("PLATFORM_VERSION", this.version));
		labels.put(PREFIX + "created", this.created.toString());
		labels.put(PREFIX + "licenses", "Apache-2.0");
		put(labels, "revision", environment.getOrDefault("PLATFORM_REVISION", ""));
		put(labels, "source", environment.getOrDefault("PLATFORM_SOURCE", ""));
		return labels;
	}

	private static void put(Map<String, String> labels, String name, String value) {
		if (!value.isEmpty()) {
			labels.put(PREFIX + name, value);
		}
	}

}
