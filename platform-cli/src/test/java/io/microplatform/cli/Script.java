package io.microplatform.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.microplatform.cli.StandInCheckout.Output;

/**
 * {@code ./platform} itself, as a shell runs it.
 *
 * @param path where it is
 * @param environment what it gets besides this JVM's environment, of which it gets no
 * choice of a user's platform
 */
record Script(Path path, Map<String, String> environment) {

	/** The locale in which all scripts of these tests run, if there is one. */
	private static final String LANGUAGE = "platform.tests.language";

	/** What bash says before it reads a script. */
	private static final String NOT_INSTALLED = "(?m)^.*: warning: setlocale: .*\\n";

	/** The one of this checkout. */
	static Path ofThisCheckout() {
		return Path.of(Objects.requireNonNull(System.getProperty("platform.root")), "platform");
	}

	Output run(String line) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder("bash", "-c", "\"$0\" " + line, this.path.toString());
		builder.environment().keySet().removeIf((name) -> name.startsWith("PLATFORM_"));
		Optional.ofNullable(System.getProperty(LANGUAGE))
			.ifPresent((language) -> builder.environment().put("LC_ALL", language));
		builder.environment().putAll(this.environment);
		Process process = builder.start();
		String out = read(process.getInputStream());
		String err = read(process.getErrorStream());
		return new Output(process.waitFor(), out, err.replaceAll(NOT_INSTALLED, ""));
	}

	private static String read(InputStream stream) throws IOException {
		return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
	}

}
