package io.microplatform.config.rollout;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.configfiles.SnapshotStore;
import io.microplatform.instance.configuration.ConfigurationReport.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Compares the version of every registered instance with the published one each second,
 * and updates those that differ: instances that were starting or unreachable during a
 * rollout, and all of them after a rollback. A failed run is logged; the next one repeats
 * it.
 */
@Component
class ReconciliationLoop {

	private static final Logger log = LoggerFactory.getLogger(ReconciliationLoop.class);

	private final AtomicInteger behind = new AtomicInteger();

	private final Rollout rollout;

	private final SnapshotStore snapshots;

	private final RegisteredInstances instances;

	private final InstanceClient client;

	ReconciliationLoop(Rollout rollout, SnapshotStore snapshots, RegisteredInstances instances, InstanceClient client,
			MeterRegistry meters) {
		this.rollout = rollout;
		this.snapshots = snapshots;
		this.instances = instances;
		this.client = client;
		Gauge.builder("configuration.behind", this.behind, AtomicInteger::get)
			.description("Instances whose registered version is not the published one")
			.register(meters);
	}

	@Scheduled(fixedDelay = 1000, initialDelay = 1000)
	void run() {
		if (this.rollout.recover()) {
			this.snapshots.published().ifPresent(this::update);
		}
	}

	private void update(String version) {
		List<Instance> differing = this.instances.all()
			.stream()
			.filter((instance) -> !instance.version().equals(version))
			.toList();
		this.behind.set(differing.size());
		List<Instance> due = differing.stream()
			.filter((instance) -> !this.client.hasAnsweredRecently(instance))
			.toList();
		for (InstanceReport report : this.client.update(due)) {
			if (report.result() != Result.UNREACHABLE) {
				log.info("Updated {} from configuration {}: {} {}", report.instance(), report.report().from(),
						report.result(), report.report().problems());
			}
		}
	}

}
