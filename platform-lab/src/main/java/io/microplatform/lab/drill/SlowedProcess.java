package io.microplatform.lab.drill;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.microplatform.local.process.RunningProcess;

/**
 * A process that is suspended (SIGSTOP) most of the time, so that it accepts connections
 * but answers very few requests in time. Closing it resumes the process.
 */
final class SlowedProcess implements AutoCloseable {

	private static final Duration STOPPED = Duration.ofSeconds(5);

	private static final Duration RUNNING = Duration.ofMillis(100);

	private final RunningProcess process;

	private final CountDownLatch end = new CountDownLatch(1);

	private final Thread thread;

	/**
	 * Slows a process.
	 * @param process the process
	 */
	SlowedProcess(RunningProcess process) {
		this.process = process;
		this.thread = Thread.ofPlatform().daemon().name("slow-down").start(this::slowDown);
	}

	private void slowDown() {
		try {
			do {
				this.process.pause();
				if (this.end.await(STOPPED.toMillis(), TimeUnit.MILLISECONDS)) {
					return;
				}
				this.process.resume();
			}
			while (!this.end.await(RUNNING.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.end.countDown();
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.process.resume();
	}

}
