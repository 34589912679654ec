package io.microplatform.lab.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A load with a closed workload model: each client makes its next call as soon as it has
 * the response to the previous one, so that the number of calls per second is the
 * throughput of the platform. Use {@link Load} to measure latencies. Thread-safe.
 */
public final class ClosedLoad {

	private final Workload workload;

	private final long end;

	private final Queue<CallResult> results = new ConcurrentLinkedQueue<>();

	private ClosedLoad(Workload workload, Duration duration) {
		this.workload = workload;
		this.end = System.nanoTime() + duration.toNanos();
	}

	/**
	 * Makes calls for a time, and waits until every call is complete.
	 * @param workload supplies the calls
	 * @param clients the number of clients
	 * @param duration the time after which no client starts another call
	 * @return the results of the calls that were complete by then
	 */
	public static LoadReport run(Workload workload, int clients, Duration duration) {
		if (clients < 1 || duration.isNegative()) {
			throw new IllegalArgumentException("invalid load: %s clients for %s".formatted(clients, duration));
		}
		ClosedLoad load = new ClosedLoad(workload, duration);
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int client = 0; client < clients; client++) {
				executor.execute(load::call);
			}
		}
		return new LoadReport(List.copyOf(load.results));
	}

	private void call() {
		while (!isOver()) {
			Instant begin = Instant.now();
			long started = System.nanoTime();
			CallResult result = CallResult.execute(next(), begin, () -> Duration.ofNanos(System.nanoTime() - started));
			if (!isOver()) {
				this.results.add(result);
			}
		}
	}

	private synchronized LoadCall next() {
		return this.workload.next();
	}

	private boolean isOver() {
		return System.nanoTime() - this.end > 0;
	}

}
