package io.microplatform.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.microplatform.local.server.Server;
import io.microplatform.local.server.StartFailedException;

/**
 * Starts the fleet, in parallel as far as dependencies allow, and reports each instance
 * when it is ready. If an instance fails, every instance that was started is stopped
 * again; if an observability program does, only that is reported.
 */
final class StartUp {

	private static final Duration STOP_TAKES_AT_MOST = Duration.ofSeconds(10);

	private final Fleet fleet;

	private final Instant deadline;

	private final PrintStream out;

	private final CountDownLatch infrastructureToGo;

	StartUp(Fleet fleet, Instant deadline, PrintStream out) {
		this.fleet = fleet;
		this.deadline = deadline;
		this.out = out;
		this.infrastructureToGo = new CountDownLatch(fleet.infrastructure().size());
	}

	/**
	 * Returns when everything is ready.
	 * @throws CommandFailedException naming what is not, with the end of its log
	 */
	void run() throws IOException, CommandFailedException {
		List<Server> fresh = new ArrayList<>();
		for (Server server : this.fleet.all().toList()) {
			if (server.process().isEmpty()) {
				fresh.add(server);
			}
		}
		ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
		try {
			startAll(new ExecutorCompletionService<>(executor));
		}
		catch (CommandFailedException | IOException | RuntimeException ex) {
			executor.shutdownNow();
			executor.close();
			stop(fresh);
			throw ex;
		}
		executor.close();
	}

	private void startAll(CompletionService<String> completion) throws IOException, CommandFailedException {
		this.fleet.infrastructure().forEach((server) -> completion.submit(() -> {
			String started = start(server);
			this.infrastructureToGo.countDown();
			return started;
		}));
		this.fleet.patient().forEach((server) -> completion.submit(() -> start(server)));
		this.fleet.observability().forEach((server) -> completion.submit(() -> tryToStart(server)));
		this.fleet.business().forEach((server) -> completion.submit(() -> {
			this.infrastructureToGo.await();
			return start(server);
		}));
		for (long remaining = this.fleet.all().count(); remaining > 0; remaining--) {
			this.out.println(next(completion));
		}
	}

	private String start(Server server) throws IOException, StartFailedException {
		boolean ran = server.process().isPresent();
		Instant begin = Instant.now();
		server.start(Duration.between(begin, this.deadline));
		String line = String.format(Locale.ROOT, "✓ %-18s %s", server.instance().instance(), ran ? "runs"
				: String.format(Locale.ROOT, "%.1f s", Duration.between(begin, Instant.now()).toMillis() / 1000.0));
		return server.note().map((note) -> line + System.lineSeparator() + "note: " + note).orElse(line);
	}

	private String tryToStart(Server server) {
		try {
			return start(server);
		}
		catch (IOException | StartFailedException ex) {
			return "✗ %s; `./platform logs %s` shows its log".formatted(ex.getMessage(), server.instance().instance());
		}
	}

	private static String next(CompletionService<String> completion) throws IOException, CommandFailedException {
		try {
			return completion.take().get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof StartFailedException failure) {
				throw new CommandFailedException(failure.getMessage() + "; the end of its log:", failure.log());
			}
			if (ex.getCause() instanceof IOException failure) {
				throw failure;
			}
			throw new IllegalStateException(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CommandFailedException("interrupted");
		}
	}

	/** Stops what this has started, in the opposite order. */
	void stop(List<Server> servers) throws IOException {
		for (Server server : servers.reversed()) {
			server.stop(STOP_TAKES_AT_MOST);
		}
	}

}
