package io.microplatform.lab.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs {@code ./platform} with a given environment, from a directory other than the
 * checkout.
 */
final class ScriptRunner {

	/**
	 * Time after which a command is considered hung. On a machine at full load a restart
	 * of three instances takes more than four minutes.
	 */
	private static final Duration TIMEOUT = Duration.ofMinutes(15);

	private final Path script;

	private final Path outputs;

	private final Map<String, String> environment;

	private final AtomicInteger calls = new AtomicInteger();

	ScriptRunner(Path root, Path outputs, Map<String, String> environment) {
		this.script = root.resolve("platform");
		this.outputs = outputs;
		this.environment = Map.copyOf(environment);
		try {
			Files.createDirectories(outputs);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	CommandOutput run(String... arguments) {
		List<String> command = new ArrayList<>(List.of(this.script.toString()));
		command.addAll(List.of(arguments));
		return run(arguments[0], process(command));
	}

	/** Runs lines of a shell in the checkout, until a command fails. */
	CommandOutput runShell(String lines) {
		ProcessBuilder command = process(List.of("bash", "-euo", "pipefail", "-c", lines));
		return run("shell", command.directory(this.script.resolveSibling("").toFile()));
	}

	private CommandOutput run(String name, ProcessBuilder command) {
		try {
			Path output = this.outputs
				.resolve(String.format(Locale.ROOT, "%02d-%s.txt", this.calls.incrementAndGet(), name));
			Process process = command.redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			boolean exited = process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
			if (!exited) {
				process.descendants().forEach(ProcessHandle::destroyForcibly);
				process.destroyForcibly();
			}
			String text = Files.readString(output);
			return exited ? new CommandOutput(process.exitValue(), text)
					: new CommandOutput(-1, "%s%n(killed after %s)".formatted(text, TIMEOUT));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted during " + command.command(), ex);
		}
	}

	/**
	 * Prepares a command in the same environment, without variables of the developer's
	 * own platform.
	 */
	ProcessBuilder process(List<String> command) {
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.outputs.toFile());
		builder.environment().keySet().removeIf((name) -> name.startsWith("PLATFORM_"));
		builder.environment().putAll(this.environment);
		return builder;
	}

	Path script() {
		return this.script;
	}

}
