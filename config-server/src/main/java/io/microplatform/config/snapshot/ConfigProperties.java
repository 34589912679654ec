package io.microplatform.config.snapshot;

import java.nio.file.Path;

import io.microplatform.configfiles.SnapshotStore;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties of this server. A missing value stops the start.
 *
 * @param snapshots the directory of the {@link SnapshotStore}
 */
@ConfigurationProperties("platform.config")
record ConfigProperties(Path snapshots) {

	ConfigProperties(@Nullable Path snapshots) {
		if (snapshots == null || snapshots.toString().isBlank()) {
			throw new IllegalArgumentException("platform.config.snapshots must name a directory");
		}
		this.snapshots = snapshots;
	}

}
