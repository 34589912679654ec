package io.microplatform.acceptance.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * {@code ./platform}, called in the environment of this process.
 *
 * @param script the script
 */
public record PlatformScript(Path script) {

	/**
	 * The script of this checkout.
	 * @return the script
	 */
	public static PlatformScript ofThisCheckout() {
		String root = Objects.requireNonNullElse(System.getProperty("platform.root"), ".");
		return new PlatformScript(Path.of(root, "platform").toAbsolutePath());
	}

	/**
	 * Runs a command to its end.
	 * @param arguments as after {@code ./platform}
	 * @throws IllegalStateException when the command failed, with the first line of what
	 * it said about that
	 */
	public void run(String... arguments) {
		run(Map.of(), arguments);
	}

	/**
	 * Runs a command to its end, with other choices than those of this process.
	 * @param choices variables for {@code ./platform}
	 * @param arguments as after {@code ./platform}
	 * @throws IllegalStateException when the command failed, with the first lines of what
	 * it said about that
	 */
	public void run(Map<String, String> choices, String... arguments) {
		List<String> line = Stream.concat(Stream.of(this.script.toString()), Stream.of(arguments)).toList();
		try {
			ProcessBuilder builder = new ProcessBuilder(line).redirectOutput(ProcessBuilder.Redirect.DISCARD);
			builder.environment().putAll(choices);
			Process process = builder.start();
			String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new IllegalStateException("`./platform %s` failed: %s".formatted(String.join(" ", arguments),
						errors.lines().findFirst().orElse("it did not say why")));
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
