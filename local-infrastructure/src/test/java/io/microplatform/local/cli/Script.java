package io.microplatform.local.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

import io.microplatform.local.cli.StandInCheckout.Output;

/**
 * {@code ./platform} itself, as a shell runs it.
 *
 * @param path where it is
 * @param environment what it gets besides this JVM's environment
 */
record Script(Path path, Map<String, String> environment) {

	/** The one of this checkout. */
	static Path ofThisCheckout() {
		return Path.of(Objects.requireNonNull(System.getProperty("platform.root")), "platform");
	}

	Output run(String line) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder("bash", "-c", this.path + " " + line);
		builder.environment().putAll(this.environment);
		Process process = builder.start();
		String out = read(process.getInputStream());
		String err = read(process.getErrorStream());
		return new Output(process.waitFor(), out, err);
	}

	private static String read(InputStream stream) throws IOException {
		return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
	}

}
