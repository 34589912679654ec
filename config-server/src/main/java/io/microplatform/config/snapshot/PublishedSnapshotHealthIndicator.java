package io.microplatform.config.snapshot;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Up while there is a snapshot to serve.
 */
@Component
class PublishedSnapshotHealthIndicator extends AbstractHealthIndicator {

	private final PublishedSnapshots snapshots;

	PublishedSnapshotHealthIndicator(PublishedSnapshots snapshots) {
		super("No snapshot is published");
		this.snapshots = snapshots;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up().withDetail("version", this.snapshots.current().version());
	}

}
