package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.microplatform.local.file.AtomicFile;

/**
 * The version of a checkout, as its pom.xml states it.
 */
final class PlatformVersion {

	private static final Pattern VERSION = Pattern
		.compile("<artifactId>microplatform</artifactId>\\s*<version>([^<]+)</version>");

	private PlatformVersion() {
	}

	/** Returns the version; {@code unknown} without a pom.xml. */
	static String of(Path root) throws IOException {
		Matcher version = VERSION.matcher(new AtomicFile(root.resolve("pom.xml")).read().orElse(""));
		return version.find() ? version.group(1).strip() : "unknown";
	}

}
