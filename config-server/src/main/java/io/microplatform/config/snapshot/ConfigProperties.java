package io.microplatform.config.snapshot;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What this server serves. A missing value stops the start.
 *
 * @param snapshots the directory of {@link PublishedSnapshots}
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
