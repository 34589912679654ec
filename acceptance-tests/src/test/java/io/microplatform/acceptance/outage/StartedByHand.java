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
 * A service that somebody runs in a terminal. It ends with the test, and with this JVM
 * however that ends: the shell in between kills its whole process group when a pipe
 * closes.
 */
final class StartedByHand implements AutoCloseable {

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
	 * Starts it.
	 * @param instance where it will be found
	 * @param command what is typed
	 * @param directory where
	 */
	StartedByHand(Instance instance, String command, Path directory) {
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

	/** Whether it does its work, or says that it waits for somebody before it can. */
	boolean hasComeAsFarAsItCanAlone() {
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
