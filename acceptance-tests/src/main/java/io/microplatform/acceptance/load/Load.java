package io.microplatform.acceptance.load;

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
 * A load that is running: calls go out at a constant rate, each in a thread of its own
 * and none waiting for the answer to another, as with users who do not know of each
 * other. So a platform that stands still for a second is charged with every call that was
 * due in that second, not only with the one that met it ("coordinated omission"). Ends by
 * itself when its time is over; thread-safe.
 */
public final class Load implements AutoCloseable {

	private final Workload workload;

	private final double perSecond;

	private final Duration atMost;

	private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final CompletableFuture<LoadReport> report;

	private Load(Workload workload, double perSecond, Duration atMost) {
		this.workload = workload;
		this.perSecond = perSecond;
		this.atMost = atMost;
		this.report = CompletableFuture.supplyAsync(this::send,
				(sender) -> Thread.ofPlatform().name("load").start(sender));
	}

	/**
	 * Starts to send.
	 * @param workload what is called
	 * @param perSecond how many calls are due in a second
	 * @param atMost how long it sends unless it is stopped
	 * @return the running load
	 */
	public static Load start(Workload workload, double perSecond, Duration atMost) {
		if (perSecond <= 0 || atMost.isNegative()) {
			throw new IllegalArgumentException("No load: %s calls/s for %s".formatted(perSecond, atMost));
		}
		return new Load(workload, perSecond, atMost);
	}

	/**
	 * What has come so far.
	 * @return the answers that are there already
	 */
	public LoadReport soFar() {
		return new LoadReport(List.copyOf(this.answers));
	}

	/**
	 * Waits until its time is over and every call has its answer.
	 * @return all answers
	 */
	public LoadReport await() {
		return this.report.join();
	}

	/**
	 * Sends nothing more, and waits until every call has its answer.
	 * @return all answers
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
		long calls = Math.round(this.atMost.toNanos() / 1e9 * this.perSecond);
		try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
			for (long i = 0; i < calls; i++) {
				long offset = (long) (i / this.perSecond * 1e9);
				if (isStoppedBefore(started + offset)) {
					break;
				}
				Call call = this.workload.next();
				users.execute(() -> this.answers.add(Answer.to(call, startedAt.plusNanos(offset),
						() -> Duration.ofNanos(System.nanoTime() - started - offset))));
			}
		}
		return soFar();
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
