package io.microplatform.starter.background;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class BackgroundTaskTests {

	private static final Duration LONG = Duration.ofHours(1);

	private final AtomicInteger runs = new AtomicInteger();

	private volatile Runnable work = () -> {
	};

	private volatile Duration interval = LONG;

	private volatile Duration spacing = Duration.ZERO;

	private volatile boolean atStop;

	private final BackgroundTask task = new BackgroundTask("test") {

		@Override
		protected void run() {
			BackgroundTaskTests.this.runs.incrementAndGet();
			BackgroundTaskTests.this.work.run();
		}

		@Override
		protected Duration interval() {
			return BackgroundTaskTests.this.interval;
		}

		@Override
		protected Duration spacing() {
			return BackgroundTaskTests.this.spacing;
		}

		@Override
		protected boolean runsAtStop() {
			return BackgroundTaskTests.this.atStop;
		}

	};

	@AfterEach
	void stop() {
		this.task.stop();
	}

	@Test
	void repeatsTheWorkAtItsInterval() {
		this.interval = Duration.ofMillis(1);
		this.task.start();
		await().until(() -> this.runs.get() > 3);
		assertThat(this.task.isRunning()).isTrue();
	}

	@Test
	void theFirstRunIsOneIntervalAfterTheStart() {
		this.task.start();
		this.task.stop();
		assertThat(this.runs).hasValue(0);
	}

	@Test
	void aWakeStartsARunAtOnce() {
		this.task.start();
		this.task.wake();
		await().until(() -> this.runs.get() == 1);
	}

	@Test
	void aWakeDuringARunStartsAnother() {
		CountDownLatch woken = new CountDownLatch(1);
		this.work = () -> awaitUninterrupted(woken);
		this.task.start();
		this.task.wake();
		await().until(() -> this.runs.get() == 1);
		this.task.wake();
		woken.countDown();
		await().until(() -> this.runs.get() == 2);
	}

	@Test
	void aWakeDoesNotShortenTheSpacing() {
		this.interval = Duration.ZERO;
		this.spacing = Duration.ofMillis(200);
		long begin = System.nanoTime();
		this.task.start();
		await().until(() -> {
			this.task.wake();
			return this.runs.get() >= 3;
		});
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(590));
	}

	@Test
	void aRunThatFailsIsRepeated() {
		this.interval = Duration.ofMillis(1);
		this.work = () -> {
			throw new IllegalStateException("fails");
		};
		this.task.start();
		await().until(() -> this.runs.get() > 3);
	}

	@Test
	void stopRunsTheWorkOnceMoreIfItIsTo() {
		this.atStop = true;
		this.task.start();
		this.task.stop();
		assertThat(this.runs).hasValue(1);
		assertThat(this.task.isRunning()).isFalse();
	}

	@Test
	void stopRunsTheWorkOnceMoreAlsoDuringARun() {
		this.atStop = true;
		CountDownLatch begun = new CountDownLatch(1);
		this.work = () -> {
			begun.countDown();
			while (this.task.isRunning()) {
				Thread.onSpinWait();
			}
		};
		this.task.start();
		this.task.wake();
		awaitUninterrupted(begun);
		this.task.stop();
		await().until(() -> this.runs.get() == 2);
	}

	@Test
	void stopInterruptsARunThatTakesTooLong() {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch interrupted = new CountDownLatch(1);
		this.work = () -> {
			begun.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
		};
		this.task.start();
		this.task.wake();
		awaitUninterrupted(begun);
		this.task.stop();
		awaitUninterrupted(interrupted);
	}

	@Test
	void canBeStartedAgain() {
		this.task.start();
		this.task.stop();
		this.task.start();
		this.task.wake();
		await().until(() -> this.runs.get() >= 1);
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
