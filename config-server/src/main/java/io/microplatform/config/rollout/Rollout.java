package io.microplatform.config.rollout;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.config.rollout.RolloutReport.Outcome;
import io.microplatform.config.rollout.VersionValidator.Validation;
import io.microplatform.configfiles.FileNote;
import io.microplatform.configfiles.Publication;
import io.microplatform.configfiles.Snapshot;
import io.microplatform.configfiles.SnapshotStore;
import io.microplatform.instance.configuration.ConfigurationReport.Result;
import io.microplatform.instance.configuration.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Rolls a version of the configuration out in four steps: one instance of each service
 * validates it, it is published, the same instances apply it (the canaries), then all
 * others do, those that have registered meanwhile included. If an instance refuses the
 * published version, the previous version is published again and all instances return to
 * it. If this server dies in between, the next {@link #recover()} of any config server
 * with the same snapshots does the same. Thread-safe; one rollout at a time.
 */
@Component
public class Rollout {

	private static final Logger log = LoggerFactory.getLogger(Rollout.class);

	/** For instances that do not answer because they are starting or shutting down. */
	private static final Duration RETRY_TIME = Duration.ofSeconds(5);

	private static final Duration RETRY_INTERVAL = Duration.ofMillis(250);

	private final SnapshotStore snapshots;

	private final RolloutJournal journal;

	private final RegisteredInstances instances;

	private final VersionValidator validator;

	private final InstanceClient client;

	private final Clock clock;

	private final MeterProvider<Counter> rollouts;

	Rollout(SnapshotStore snapshots, RolloutJournal journal, RegisteredInstances instances, VersionValidator validator,
			InstanceClient client, Clock clock, MeterRegistry meters) {
		this.snapshots = snapshots;
		this.journal = journal;
		this.instances = instances;
		this.validator = validator;
		this.client = client;
		this.clock = clock;
		this.rollouts = Counter.builder("configuration.rollouts")
			.description("Rollouts of a version of the configuration, by their outcome")
			.withRegistry(meters);
		for (Outcome outcome : Outcome.values()) {
			// Without a first value, Prometheus would not see the first rollout.
			counter(outcome);
		}
	}

	/**
	 * Rolls out a version.
	 * @param version the version
	 * @param by who requests it
	 * @param how the command or event that requests it
	 * @return the result
	 * @throws RuntimeException that is answered 404, when there is no such version
	 * @throws RolloutInProgressException when another rollout does not end soon
	 */
	public RolloutReport start(String version, String by, String how) {
		return count(rollOut(version, by, how));
	}

	private RolloutReport count(RolloutReport report) {
		counter(report.outcome()).increment();
		return report;
	}

	private Counter counter(Outcome outcome) {
		return this.rollouts.withTag("outcome", outcome.name().toLowerCase(Locale.ROOT));
	}

	private RolloutReport rollOut(String version, String by, String how) {
		try (RolloutJournal.Entry entry = this.journal.lock()) {
			Snapshot wanted = this.snapshots.get(version);
			recover(entry);
			String previous = this.snapshots.current().version();
			List<Instance> all = this.instances.all();
			Validation validation = this.validator.validate(wanted, all, this.instances.services());
			if (!validation.problems().isEmpty()) {
				return RolloutReport.refused(version, previous, validation.problems(), validation.notes());
			}
			entry.begin(previous);
			if (!version.equals(previous)) {
				publish(version, by, how);
			}
			RolloutReport report = update(version, previous, all, validation.validators());
			if (report.outcome() == Outcome.ROLLED_BACK) {
				publish(previous, by, "rollback of %s".formatted(version));
				this.client.update(this.instances.all());
			}
			entry.end();
			return report.withNotes(validation.notes());
		}
	}

	/**
	 * Reports that a version is refused before any instance is asked.
	 * @param version the version
	 * @param problems of its files
	 * @return the report
	 */
	public RolloutReport refuse(String version, List<FileNote> problems) {
		return count(RolloutReport.refused(version, this.snapshots.published().orElse(""),
				VersionValidator.problems(problems), List.of()));
	}

	private RolloutReport update(String version, String previous, Collection<Instance> all, List<Instance> canaries) {
		Map<Instance, InstanceReport> reports = new LinkedHashMap<>();
		List<Instance> others = new ArrayList<>(all);
		others.removeAll(canaries);
		for (List<Instance> wave : List.of(canaries, others)) {
			update(version, wave, reports);
			if (isRefused(reports)) {
				break;
			}
		}
		if (!isRefused(reports)) {
			update(version, registeredMeanwhile(reports.keySet()), reports);
			retry(version, reports);
		}
		Outcome outcome = unreachable(reports).isEmpty() ? Outcome.DONE : Outcome.INCOMPLETE;
		return new RolloutReport(isRefused(reports) ? Outcome.ROLLED_BACK : outcome, version, previous,
				problems(reports), List.copyOf(reports.values()), List.of());
	}

	private List<Instance> registeredMeanwhile(Collection<Instance> asked) {
		Set<String> keys = asked.stream().map(Instance::key).collect(Collectors.toSet());
		return this.instances.registered().stream().filter((instance) -> !keys.contains(instance.key())).toList();
	}

	private static boolean isRefused(Map<Instance, InstanceReport> reports) {
		return reports.values().stream().anyMatch((report) -> report.result() == Result.REFUSED);
	}

	private static List<Problem> problems(Map<Instance, InstanceReport> reports) {
		return reports.values()
			.stream()
			.filter((report) -> report.result() == Result.REFUSED)
			.flatMap((report) -> report.report().problems().stream())
			.distinct()
			.toList();
	}

	private void update(String version, List<Instance> wave, Map<Instance, InstanceReport> reports) {
		List<InstanceReport> answers = this.client.update(wave);
		for (int i = 0; i < wave.size(); i++) {
			reports.put(wave.get(i), answers.get(i).expecting(version));
		}
	}

	/** Until every instance has answered or is gone, or the time is over. */
	private void retry(String version, Map<Instance, InstanceReport> reports) {
		long end = System.nanoTime() + RETRY_TIME.toNanos();
		while (!unreachable(reports).isEmpty() && System.nanoTime() - end < 0) {
			pause();
			List<String> registered = this.instances.registered().stream().map(Instance::key).toList();
			List<Instance> present = new ArrayList<>();
			for (Instance instance : unreachable(reports)) {
				if (registered.contains(instance.key())) {
					present.add(instance);
				}
				else {
					reports.computeIfPresent(instance, (key, report) -> report.gone());
				}
			}
			update(version, present, reports);
		}
	}

	private static List<Instance> unreachable(Map<Instance, InstanceReport> reports) {
		return reports.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().result() == Result.UNREACHABLE)
			.map(Map.Entry::getKey)
			.toList();
	}

	private static void pause() {
		try {
			Thread.sleep(RETRY_INTERVAL);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while instances were asked again", ex);
		}
	}

	/**
	 * Rolls back an unfinished rollout of a server that died, unless a rollout is in
	 * progress.
	 * @return whether no rollout is in progress
	 */
	boolean recover() {
		Optional<RolloutJournal.Entry> unlocked = this.journal.tryLock();
		unlocked.ifPresent((entry) -> {
			try (entry) {
				recover(entry);
			}
		});
		return unlocked.isPresent();
	}

	private void recover(RolloutJournal.Entry entry) {
		entry.unfinished().ifPresent((previous) -> {
			log.warn("Rolling back an unfinished rollout to configuration {}", previous);
			counter(Outcome.ROLLED_BACK).increment();
			if (!previous.equals(this.snapshots.current().version())) {
				publish(previous, "config-server", "rollback of an unfinished rollout");
			}
			entry.end();
		});
	}

	/**
	 * Publishes a version that no instance has validated: the very first one, or the
	 * previous one.
	 * @param version the version
	 * @param by who requests it
	 * @param how the command or event that requests it
	 */
	public void publish(String version, String by, String how) {
		this.snapshots.publish(new Publication(this.clock.instant(), version, by, how));
		log.info("Published configuration {} for {}: {}", version, by, how);
	}

}
