package io.microplatform.lab.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The {@code ./platform} script, run with the environment of this process.
 *
 * @param script the script
 */
public record PlatformScript(Path script) {

	/**
	 * Returns the script of this checkout.
	 * @return the script
	 */
	public static PlatformScript ofThisCheckout() {
		String root = Objects.requireNonNullElse(System.getProperty("platform.root"), ".");
		return new PlatformScript(Path.of(root, "platform").toAbsolutePath());
	}

	/**
	 * Runs a command and waits for it to exit.
	 * @param arguments the arguments of {@code ./platform}
	 * @throws IllegalStateException if the command fails, with the first line of its
	 * error output
	 */
	public void run(String... arguments) {
		run(Map.of(), arguments);
	}

	/**
	 * Runs a command with additional environment variables and waits for it to exit.
	 * @param environment the environment variables to set
	 * @param arguments the arguments of {@code ./platform}
	 * @throws IllegalStateException if the command fails, with the first line of its
	 * error output
	 */
	public void run(Map<String, String> environment, String... arguments) {
		List<String> line = Stream.concat(Stream.of(this.script.toString()), Stream.of(arguments)).toList();
		try {
			ProcessBuilder builder = new ProcessBuilder(line).redirectOutput(ProcessBuilder.Redirect.DISCARD);
			builder.environment().putAll(environment);
			Process process = builder.start();
			String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new IllegalStateException("`./platform %s` failed: %s".formatted(String.join(" ", arguments),
						errors.lines().findFirst().orElse("no error output")));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

}
