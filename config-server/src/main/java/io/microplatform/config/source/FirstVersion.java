package io.microplatform.config.source;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import io.microplatform.config.rollout.Rollout;
import io.microplatform.config.rollout.RolloutReport;
import io.microplatform.config.snapshot.SnapshotEnvironmentRepository;
import io.microplatform.configfiles.FileNote;
import io.microplatform.configfiles.SnapshotStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Publishes the first version from a source at startup, unless a version of this source
 * is published already. Retries until it succeeds. When the source answers without usable
 * configuration, waiting instances get the reason and stop.
 */
public class FirstVersion implements ApplicationRunner {

	private static final Logger log = LoggerFactory.getLogger(FirstVersion.class);

	private static final String BY = "config-server";

	private static final String HOW = "first start";

	private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

	private final VersionSource source;

	private final SnapshotStore snapshots;

	private final SnapshotEnvironmentRepository repository;

	private final Rollout rollout;

	/** The last reason that was logged, to log each once. */
	private String reason = "";

	public FirstVersion(VersionSource source, SnapshotStore snapshots, SnapshotEnvironmentRepository repository,
			Rollout rollout) {
		this.source = source;
		this.snapshots = snapshots;
		this.repository = repository;
		this.rollout = rollout;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		Thread.ofVirtual().name("first-version").start(() -> {
			while (!attempt()) {
				LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
			}
		});
	}

	private boolean attempt() {
		try {
			if (this.snapshots.published().filter(this.source::isOf).isPresent()) {
				return true;
			}
			SourceVersion version = this.source.newest();
			version.leftOut().forEach((note) -> log.warn("In {}, {}", this.source.name(), note));
			if (version.problems().isEmpty()) {
				publish(version.version());
			}
			else {
				refuse(version.problems().stream().map(FileNote::toString).collect(Collectors.joining("; ")));
			}
		}
		catch (NoVersionException ex) {
			refuse(String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException ex) {
			warn(String.valueOf(ex.getMessage()));
		}
		return false;
	}

	private void publish(String version) {
		if (this.snapshots.published().isEmpty()) {
			// No instance runs yet that could validate it.
			this.rollout.publish(version, BY, HOW);
			return;
		}
		RolloutReport report = this.rollout.start(version, BY, HOW);
		if (!report.problems().isEmpty()) {
			warn("%s, refused: %s".formatted(version, report.problems()));
		}
	}

	private void refuse(String why) {
		this.repository.refuse(why);
		warn(why);
	}

	private void warn(String why) {
		if (!why.equals(this.reason)) {
			this.reason = why;
			log.warn("There is no configuration from {} yet: {}", this.source.name(), why);
		}
	}

}
