package io.microplatform.starter.event;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.TaskScheduler;

/**
 * What is done from time to time, by every instance. It begins one interval after the
 * start: the inbox must not forget what an outbox that was away as long is about to
 * repeat.
 */
final class EventHousekeeping implements SmartLifecycle {

	private static final Duration MEASURE_EVERY = Duration.ofSeconds(10);

	private static final Duration CLEAN_EVERY = Duration.ofMinutes(10);

	private final TaskScheduler scheduler;

	private final Clock clock;

	private final OutboxMetrics metrics;

	private final EventRetention retention;

	private final List<Future<?>> tasks = new ArrayList<>();

	EventHousekeeping(TaskScheduler scheduler, Clock clock, OutboxMetrics metrics, EventRetention retention) {
		this.scheduler = scheduler;
		this.clock = clock;
		this.metrics = metrics;
		this.retention = retention;
	}

	@Override
	public void start() {
		repeat(this.metrics::sample, MEASURE_EVERY);
		repeat(this.retention::clean, CLEAN_EVERY);
	}

	private void repeat(Runnable task, Duration every) {
		this.tasks.add(this.scheduler.scheduleWithFixedDelay(task, this.clock.instant().plus(every), every));
	}

	@Override
	public void stop() {
		this.tasks.forEach((task) -> task.cancel(false));
		this.tasks.clear();
	}

	@Override
	public boolean isRunning() {
		return !this.tasks.isEmpty();
	}

}
