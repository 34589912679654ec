package io.microplatform.discovery;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the registry asks of its clients: the user {@code platform} with this password, at
 * least 16 characters long. A missing or shorter one stops the start.
 *
 * @param password the password of the user {@code platform}
 */
@ConfigurationProperties("platform.discovery")
record DiscoveryProperties(String password) {

	private static final int SHORTEST_PASSWORD = 16;

	// Checked here and not by an annotation, whose error report would print the secret.
	DiscoveryProperties(@Nullable String password) {
		if (password == null || password.length() < SHORTEST_PASSWORD) {
			throw new IllegalArgumentException(
					"platform.discovery.password must have at least " + SHORTEST_PASSWORD + " characters");
		}
		this.password = password;
	}

	@Override
	public String toString() {
		return "DiscoveryProperties[password=***]";
	}

}
