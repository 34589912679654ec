package io.microplatform.config.rollout;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.microplatform.config.snapshot.ConfigProperties;
import io.microplatform.configfiles.SnapshotStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes old snapshots every ten minutes, so that the disk space of the configuration
 * does not depend on the number of its changes. The newest published versions are kept,
 * and those of the last hour, whether they were published, refused, or are about to be
 * rolled out. Nothing is deleted during a rollout. A failed run is logged; the next one
 * repeats it.
 */
@Component
class SnapshotRetention {

	private static final Logger log = LoggerFactory.getLogger(SnapshotRetention.class);

	/** Far more than a client takes from storing a version to requesting its rollout. */
	private static final Duration RECENT = Duration.ofHours(1);

	private final SnapshotStore snapshots;

	private final RolloutJournal journal;

	private final ConfigProperties properties;

	private final Clock clock;

	SnapshotRetention(SnapshotStore snapshots, RolloutJournal journal, ConfigProperties properties, Clock clock) {
		this.snapshots = snapshots;
		this.journal = journal;
		this.properties = properties;
		this.clock = clock;
	}

	@Scheduled(fixedDelay = 10, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
	void run() {
		try (RolloutJournal.Entry _ = this.journal.lock()) {
			this.snapshots.retain(this.properties.keptVersions(), this.clock.instant().minus(RECENT));
		}
		catch (RolloutInProgressException ex) {
			log.debug("Old configurations are not deleted during a rollout", ex);
		}
	}

}
