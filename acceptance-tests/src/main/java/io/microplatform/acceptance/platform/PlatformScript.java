package io.microplatform.acceptance.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
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
		List<String> line = Stream.concat(Stream.of(this.script.toString()), Stream.of(arguments)).toList();
		try {
			Process process = new ProcessBuilder(line).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
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
