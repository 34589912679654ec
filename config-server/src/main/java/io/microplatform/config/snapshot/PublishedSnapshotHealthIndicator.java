package io.microplatform.config.snapshot;

import io.microplatform.configfiles.SnapshotStore;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Up while a snapshot is published.
 */
@Component
class PublishedSnapshotHealthIndicator extends AbstractHealthIndicator {

	private final SnapshotStore snapshots;

	PublishedSnapshotHealthIndicator(SnapshotStore snapshots) {
		super("No snapshot is published");
		this.snapshots = snapshots;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up().withDetail("version", this.snapshots.current().version());
	}

}
