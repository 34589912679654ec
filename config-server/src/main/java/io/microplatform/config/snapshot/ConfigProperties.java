package io.microplatform.config.snapshot;

import java.nio.file.Path;

import io.microplatform.configfiles.SnapshotStore;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties of this server. A missing value stops the start.
 *
 * @param snapshots the directory of the {@link SnapshotStore}
 * @param keptVersions the number of published versions that are kept, including the
 * current one
 */
@ConfigurationProperties("platform.config")
public record ConfigProperties(Path snapshots, int keptVersions) {

	/** The current version, and the one that a rollback returns to. */
	private static final int FEWEST = 2;

	public ConfigProperties(@Nullable Path snapshots, int keptVersions) {
		if (snapshots == null || snapshots.toString().isBlank()) {
			throw new IllegalArgumentException("platform.config.snapshots must name a directory");
		}
		if (keptVersions < FEWEST) {
			throw new IllegalArgumentException("platform.config.kept-versions must be at least 2");
		}
		this.snapshots = snapshots;
		this.keptVersions = keptVersions;
	}

}
