package io.microplatform.config;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What this server serves, and what it asks of its clients: the user {@code platform}
 * with this password, at least 16 characters long. A missing value stops the start.
 *
 * @param password the password of the user {@code platform}
 * @param snapshots the directory of {@link PublishedSnapshots}
 */
@ConfigurationProperties("platform.config")
record ConfigProperties(String password, Path snapshots) {

	private static final int SHORTEST_PASSWORD = 16;

	// Checked here and not by an annotation, whose error report would print the secret.
	ConfigProperties(@Nullable String password, @Nullable Path snapshots) {
		if (password == null || password.length() < SHORTEST_PASSWORD) {
			throw new IllegalArgumentException(
					"platform.config.password must have at least " + SHORTEST_PASSWORD + " characters");
		}
		if (snapshots == null || snapshots.toString().isBlank()) {
			throw new IllegalArgumentException("platform.config.snapshots must name a directory");
		}
		this.password = password;
		this.snapshots = snapshots;
	}

	@Override
	public String toString() {
		return "ConfigProperties[password=***, snapshots=" + this.snapshots + "]";
	}

}
