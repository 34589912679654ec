package io.microplatform.lab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.LeashedLauncher;
import io.microplatform.local.server.Server;
import io.microplatform.local.server.StartFailedException;

/**
 * A {@link Server} of a benchmark. Stopped when it is closed, or when this JVM dies. Not
 * thread-safe.
 */
abstract class LeashedServer extends Server implements AutoCloseable {

	private final Duration timeout;

	/**
	 * Creates a server that is not started yet.
	 * @param instance the instance
	 * @param directory the directory for its log
	 * @param timeout how long its start and its stop may take
	 */
	LeashedServer(Instance instance, Path directory, Duration timeout) {
		super(instance, directory, new LeashedLauncher(directory));
		this.timeout = timeout;
	}

	/**
	 * Returns when the server is ready.
	 * @throws PlatformFailedException if it is not ready in time; the message contains
	 * the end of the log
	 */
	final void awaitReady() {
		try {
			start(this.timeout);
		}
		catch (StartFailedException ex) {
			close();
			throw new PlatformFailedException(ex.getMessage() + "\n" + String.join("\n", ex.log()), ex);
		}
		catch (IOException ex) {
			close();
			throw new PlatformFailedException("cannot start %s: %s".formatted(instance().name(), ex.getMessage()), ex);
		}
	}

	/** Stops the server. */
	@Override
	public final void close() {
		try {
			stop(this.timeout);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot stop " + instance().name(), ex);
		}
	}

}
