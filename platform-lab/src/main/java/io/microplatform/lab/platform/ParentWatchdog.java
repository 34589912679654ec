package io.microplatform.lab.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;

/**
 * Watchdog that stops the platform if this JVM dies. A shell reads from a pipe that only
 * this JVM holds open, ignores signals from the terminal, and runs {@code ./platform down
 * --purge} when the pipe closes. It retries, because a running {@code up} holds the
 * platform's lock.
 */
final class ParentWatchdog implements AutoCloseable {

	private static final String SCRIPT = """
			trap '' HUP INT TERM
			cat > /dev/null
			tries=0
			until "$0" down --purge || [ "$tries" -ge 90 ]; do
				tries=$((tries + 1))
				sleep 2
			done
			""";

	/** Must stay reachable: the pipe closes when the process object is collected. */
	private final Process shell;

	ParentWatchdog(ScriptRunner platform) {
		try {
			this.shell = platform.process(List.of("sh", "-c", SCRIPT, platform.script().toString()))
				.redirectOutput(Redirect.DISCARD)
				.redirectError(Redirect.DISCARD)
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Disarms the watchdog of a platform that has been stopped. Kills the shell before it
	 * closes the pipe.
	 */
	@Override
	public void close() {
		try {
			this.shell.destroyForcibly().waitFor();
			this.shell.getOutputStream().close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
