package io.microplatform.acceptance.outage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.microplatform.local.process.Instance;
import io.microplatform.local.process.Ports;

/**
 * A service started with a shell command. It ends with the test or with this JVM: the
 * shell in between kills the service's process group when its pipe closes.
 */
final class ManuallyStartedService implements AutoCloseable {

	private static final String TERMINAL = """
			trap '' HUP INT TERM
			set -m
			sh -c "$1" </dev/null >"$2" 2>&1 &
			cat >/dev/null
			kill -s KILL -- "-$!"
			wait
			""";

	private final Instance instance;

	private final Path log;

	private final Process terminal;

	/**
	 * Starts the service.
	 * @param instance the name and ports of the instance
	 * @param command the shell command
	 * @param directory the working directory
	 */
	ManuallyStartedService(Instance instance, String command, Path directory) {
		this.instance = instance;
		this.log = directory.resolve(instance.name() + ".log");
		ProcessBuilder builder = new ProcessBuilder(
				List.of("bash", "-c", TERMINAL, "terminal", command, this.log.toString()))
			.directory(directory.toFile());
		builder.environment().keySet().removeIf((name) -> name.startsWith("PLATFORM_"));
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		try {
			this.terminal = builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Whether the service accepts connections or waits for its configuration. */
	boolean isListeningOrWaiting() {
		return Ports.isListening(this.instance.port()) || log().contains("Waiting for configuration");
	}

	boolean isReady() {
		return this.instance.answers();
	}

	String log() {
		try {
			return Files.exists(this.log) ? Files.readString(this.log, StandardCharsets.UTF_8) : "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.terminal.getOutputStream().close();
			this.terminal.waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
