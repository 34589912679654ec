package io.microplatform.config.refresh;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.config.refresh.InstanceReport.Result;
import io.microplatform.config.snapshot.PublishedSnapshots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sees to it that every instance ends with the published version: one that started while
 * a refresh was under way, one that could not be reached, all of them when a server died
 * with a refresh. Compares what instances say in the registry with what is published,
 * each second, and tells those that differ, unless they have answered lately.
 */
@Component
class Reconciliation implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

	private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

	private final AtomicInteger behind = new AtomicInteger();

	private final Refreshes refreshes;

	private final PublishedSnapshots snapshots;

	private final RegisteredInstances registered;

	private final Delivery delivery;

	private final ScheduledExecutorService looking = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("configuration-reconciliation").factory());

	private volatile boolean running;

	Reconciliation(Refreshes refreshes, PublishedSnapshots snapshots, RegisteredInstances registered, Delivery delivery,
			MeterRegistry meters) {
		this.refreshes = refreshes;
		this.snapshots = snapshots;
		this.registered = registered;
		this.delivery = delivery;
		Gauge.builder("configuration.behind", this.behind, AtomicInteger::get)
			.description("Instances that do not run with the published version, as the registry says")
			.register(meters);
	}

	@Override
	public void start() {
		var _ = this.looking.scheduleWithFixedDelay(this::look, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(),
				TimeUnit.MILLISECONDS);
		this.running = true;
	}

	/** A look that fails must not be the last one. */
	void look() {
		try {
			if (this.refreshes.recover()) {
				this.snapshots.published().ifPresent(this::bringToThoseBehind);
			}
		}
		catch (RuntimeException ex) {
			log.warn("Could not look which version of the configuration instances run with", ex);
		}
	}

	private void bringToThoseBehind(String version) {
		List<Instance> those = this.registered.all()
			.stream()
			.filter((instance) -> !instance.version().equals(version))
			.toList();
		this.behind.set(those.size());
		List<Instance> due = those.stream().filter((instance) -> !this.delivery.hasAnsweredLately(instance)).toList();
		for (InstanceReport report : this.delivery.bring(due)) {
			if (report.result() != Result.AWAY) {
				log.info("{} was behind with configuration {}: {} {}", report.instance(), report.from(),
						report.result(), report.problems());
			}
		}
	}

	@Override
	public void stop() {
		this.running = false;
		this.looking.shutdownNow();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
