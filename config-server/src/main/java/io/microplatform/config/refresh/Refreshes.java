package io.microplatform.config.refresh;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.microplatform.config.refresh.InstanceReport.Result;
import io.microplatform.config.snapshot.PublishedSnapshots;
import io.microplatform.config.snapshot.Publication;
import io.microplatform.config.snapshot.Snapshot;
import io.microplatform.configfiles.FileNote;
import io.microplatform.instance.configuration.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Brings versions of the configuration to every instance. A version is checked by an
 * instance of each service, then published, then taken by one instance of each service,
 * then by the rest. When one of them refuses it after all, what was published before is
 * published again, and all go back to it. So is it when this server dies in between, by
 * whichever server looks next: {@link #recover()}. Thread-safe; one refresh at a time.
 */
@Component
public class Refreshes {

	private static final Logger log = LoggerFactory.getLogger(Refreshes.class);

	/** For those who do not answer, who may be leaving or coming. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);

	private final PublishedSnapshots snapshots;

	private final Journal journal;

	private final RegisteredInstances registered;

	private final Examination examination;

	private final Delivery delivery;

	private final Clock clock;

	Refreshes(PublishedSnapshots snapshots, Journal journal, RegisteredInstances registered, Examination examination,
			Delivery delivery, Clock clock) {
		this.snapshots = snapshots;
		this.journal = journal;
		this.registered = registered;
		this.examination = examination;
		this.delivery = delivery;
		this.clock = clock;
	}

	/**
	 * Brings a version to every instance.
	 * @param version which
	 * @param by who wants it
	 * @param how what they did
	 * @return what became of it
	 * @throws RuntimeException that is answered 404, when there is no such version
	 * @throws RefreshUnderWayException when another refresh does not end soon
	 */
	public RefreshReport refresh(String version, String by, String how) {
		Snapshot wanted = this.snapshots.of(version);
		try (Journal.Turn turn = this.journal.take()) {
			recover(turn);
			String previous = this.snapshots.current().version();
			Collection<Instance> instances = this.registered.all();
			Verdict verdict = this.examination.of(wanted, instances, this.registered.services());
			if (!verdict.problems().isEmpty()) {
				return new RefreshReport(Outcome.REFUSED, version, previous, verdict.problems(), List.of(),
						verdict.notes());
			}
			turn.begin(previous);
			if (!version.equals(previous)) {
				publish(version, by, how);
			}
			RefreshReport report = bring(version, previous, instances);
			if (report.outcome() == Outcome.WENT_BACK) {
				publish(previous, by, "back, because %s was refused".formatted(version));
				this.delivery.bring(this.registered.all());
			}
			turn.end();
			return report.withNotes(verdict.notes());
		}
	}

	/**
	 * Publishes the first version of all, when there is no instance to check it.
	 * @param version which
	 * @param by who wants it
	 * @param how what they did
	 */
	public void begin(String version, String by, String how) {
		publish(version, by, how);
	}

	/**
	 * Reports that a version is refused before any instance is asked.
	 * @param version which
	 * @param problems of its files
	 * @return the report
	 */
	public RefreshReport refuse(String version, List<FileNote> problems) {
		return new RefreshReport(Outcome.REFUSED, version, this.snapshots.published().orElse(""),
				Verdict.problems(problems), List.of(), List.of());
	}

	private RefreshReport bring(String version, String previous, Collection<Instance> instances) {
		Map<Instance, InstanceReport> reports = new LinkedHashMap<>();
		for (List<Instance> wave : waves(instances)) {
			List<InstanceReport> answers = bring(version, wave);
			for (int i = 0; i < wave.size(); i++) {
				reports.put(wave.get(i), answers.get(i));
			}
			List<Problem> problems = answers.stream()
				.filter((answer) -> answer.result() == Result.REFUSED)
				.flatMap((answer) -> answer.problems().stream())
				.distinct()
				.toList();
			if (!problems.isEmpty()) {
				return new RefreshReport(Outcome.WENT_BACK, version, previous, problems, List.copyOf(reports.values()),
						List.of());
			}
		}
		askAgain(version, reports);
		boolean isDone = reports.values().stream().noneMatch((report) -> report.result() == Result.AWAY);
		return new RefreshReport(isDone ? Outcome.DONE : Outcome.INCOMPLETE, version, previous, List.of(),
				List.copyOf(reports.values()), List.of());
	}

	/** One of each service, then all others. */
	private static List<List<Instance>> waves(Collection<Instance> instances) {
		Map<String, Instance> canaries = new LinkedHashMap<>();
		instances.forEach((instance) -> canaries.putIfAbsent(instance.service(), instance));
		List<Instance> rest = new ArrayList<>(instances);
		rest.removeAll(canaries.values());
		return List.of(List.copyOf(canaries.values()), rest);
	}

	/**
	 * They take what is published: whoever has something else by then has not taken this.
	 */
	private List<InstanceReport> bring(String version, List<Instance> instances) {
		return this.delivery.bring(instances).stream().map((report) -> report.when(version)).toList();
	}

	/** Those who did not take it, until they do, are gone, or it has been enough. */
	private void askAgain(String version, Map<Instance, InstanceReport> reports) {
		long until = System.nanoTime() + PATIENCE.toNanos();
		List<Instance> away = away(reports);
		while (!away.isEmpty() && System.nanoTime() - until < 0) {
			pause();
			List<Instance> present = this.registered.named();
			for (Instance instance : away) {
				if (present.stream().noneMatch(instance::isSameRunAs)) {
					reports.computeIfPresent(instance, (gone, report) -> report.left());
				}
				else {
					reports.put(instance, bring(version, List.of(instance)).getFirst());
				}
			}
			away = away(reports);
		}
	}

	private static List<Instance> away(Map<Instance, InstanceReport> reports) {
		return reports.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().result() == Result.AWAY)
			.map(Map.Entry::getKey)
			.toList();
	}

	private static void pause() {
		try {
			Thread.sleep(BETWEEN_ATTEMPTS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while instances were asked again", ex);
		}
	}

	/**
	 * Undoes a refresh whose server died, unless one is under way.
	 * @return whether no refresh is under way now
	 */
	boolean recover() {
		Optional<Journal.Turn> turn = this.journal.takeNow();
		turn.ifPresent((mine) -> {
			try (mine) {
				recover(mine);
			}
		});
		return turn.isPresent();
	}

	private void recover(Journal.Turn turn) {
		turn.unfinished().ifPresent((previous) -> {
			log.warn("A refresh has not ended: going back to configuration {}", previous);
			if (!previous.equals(this.snapshots.current().version())) {
				publish(previous, "config-server", "back, because a refresh did not end");
			}
			turn.end();
		});
	}

	private void publish(String version, String by, String how) {
		this.snapshots.publish(new Publication(this.clock.instant(), version, by, how));
		log.info("Published configuration {} for {}: {}", version, by, how);
	}

}
