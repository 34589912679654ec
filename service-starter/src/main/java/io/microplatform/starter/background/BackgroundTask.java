package io.microplatform.starter.background;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * A {@link SmartLifecycle} that repeats its work in a virtual thread of its own, and
 * replaces {@link org.springframework.scheduling.annotation.Scheduled @Scheduled} for all
 * work of the services in the background: its interval may change at run time, it can be
 * woken, and it stops after the web server and the consumers, so that it can finish what
 * their last requests and events have left. A run that fails is logged and repeated after
 * the interval.
 */
public abstract class BackgroundTask implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(BackgroundTask.class);

	private final Semaphore wakes = new Semaphore(0);

	private final String name;

	private volatile @Nullable Thread thread;

	/**
	 * A task that is not started yet.
	 * @param name the name of its thread
	 */
	protected BackgroundTask(String name) {
		this.name = name;
	}

	/** Does the work once. */
	protected abstract void run();

	/**
	 * Returns how long to wait before the next run, unless {@link #wake} ends the wait.
	 * @return the interval, read before each run
	 */
	protected abstract Duration interval();

	/**
	 * Returns the minimum time from the start of a run to the next run, which
	 * {@link #wake} does not shorten.
	 * @return the spacing, read before each run
	 */
	protected Duration spacing() {
		return Duration.ZERO;
	}

	/**
	 * Returns how long {@link #stop} waits for the present run before it interrupts it.
	 * @return the time
	 */
	protected Duration stopTimeout() {
		return Duration.ofSeconds(1);
	}

	/**
	 * Returns whether {@link #stop} runs the work once more.
	 * @return {@code false} unless overridden
	 */
	protected boolean runsAtStop() {
		return false;
	}

	/** Starts the next run at once; returns immediately. */
	public final void wake() {
		this.wakes.release();
	}

	@Override
	public final void start() {
		Thread started = Thread.ofVirtual().name(this.name).unstarted(this::repeat);
		this.thread = started;
		started.start();
	}

	@Override
	public final void stop() {
		Thread stopping = this.thread;
		if (stopping == null) {
			return;
		}
		this.thread = null;
		wake();
		try {
			if (!stopping.join(stopTimeout())) {
				stopping.interrupt();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public final boolean isRunning() {
		return this.thread != null;
	}

	/** Stops after the web server and the consumers. */
	@Override
	public final int getPhase() {
		return 0;
	}

	private void repeat() {
		try {
			long begin = System.nanoTime();
			boolean last;
			do {
				pause(begin);
				begin = System.nanoTime();
				last = isStopped();
				if (!last || runsAtStop()) {
					this.wakes.drainPermits();
					runSafely();
				}
			}
			while (!last);
		}
		catch (InterruptedException ex) {
			log.warn("The task {} was interrupted", this.name);
		}
	}

	private boolean isStopped() {
		return !Thread.currentThread().equals(this.thread);
	}

	private void pause(long begin) throws InterruptedException {
		if (isStopped()) {
			return;
		}
		boolean _ = this.wakes.tryAcquire(interval().toNanos(), TimeUnit.NANOSECONDS);
		Duration left = spacing().minusNanos(System.nanoTime() - begin);
		if (left.isPositive() && !isStopped()) {
			Thread.sleep(left);
		}
	}

	private void runSafely() {
		try {
			run();
		}
		catch (Throwable ex) { // NOPMD an Error must not end the task unnoticed, either
			log.error("The task {} failed and is repeated", this.name, ex);
		}
	}

}
