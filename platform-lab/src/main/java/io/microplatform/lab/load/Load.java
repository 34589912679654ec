package io.microplatform.lab.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A running load with an open workload model: calls start at a constant rate, each on a
 * virtual thread of its own, and never wait for the response to another call. Latency is
 * measured from the time at which a call was due, which avoids coordinated omission. Ends
 * when its duration has passed. Thread-safe.
 */
public final class Load implements AutoCloseable {

	private final Workload workload;

	private final double perSecond;

	private final Duration duration;

	private final Queue<CallResult> results = new ConcurrentLinkedQueue<>();

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final CompletableFuture<LoadReport> report;

	private Load(Workload workload, double perSecond, Duration duration) {
		this.workload = workload;
		this.perSecond = perSecond;
		this.duration = duration;
		this.report = CompletableFuture.supplyAsync(this::send,
				(sender) -> Thread.ofPlatform().name("load").start(sender));
	}

	/**
	 * Starts a load.
	 * @param workload supplies the calls
	 * @param perSecond the number of calls per second
	 * @param duration the duration of the load, unless it is stopped earlier
	 * @return the running load
	 */
	public static Load start(Workload workload, double perSecond, Duration duration) {
		if (perSecond <= 0 || duration.isNegative()) {
			throw new IllegalArgumentException("invalid load: %s calls/s for %s".formatted(perSecond, duration));
		}
		return new Load(workload, perSecond, duration);
	}

	/**
	 * Returns the results up to now.
	 * @return the results of the completed calls
	 */
	public LoadReport snapshot() {
		return new LoadReport(List.copyOf(this.results));
	}

	/**
	 * Waits until the duration has passed and every call is complete.
	 * @return all results
	 */
	public LoadReport await() {
		return this.report.join();
	}

	/**
	 * Stops sending and waits until every call is complete.
	 * @return all results
	 */
	public LoadReport stop() {
		this.stopped.countDown();
		return await();
	}

	@Override
	public void close() {
		stop();
	}

	private LoadReport send() {
		Instant startedAt = Instant.now();
		long started = System.nanoTime();
		long calls = Math.round(this.duration.toNanos() / 1e9 * this.perSecond);
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (long i = 0; i < calls; i++) {
				long offset = (long) (i / this.perSecond * 1e9);
				if (isStoppedBefore(started + offset)) {
					break;
				}
				LoadCall call = this.workload.next();
				executor.execute(() -> this.results.add(CallResult.execute(call, startedAt.plusNanos(offset),
						() -> Duration.ofNanos(System.nanoTime() - started - offset))));
			}
		}
		return snapshot();
	}

	private boolean isStoppedBefore(long due) {
		try {
			return this.stopped.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			return true;
		}
	}

}
