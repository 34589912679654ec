package io.microplatform.starter.credentials;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The passwords of a service. There are no defaults: one that is missing or short stops
 * the start.
 *
 * @param discovery for the registry
 * @param config for the config server
 * @param database for PostgreSQL
 * @param redis for Redis
 * @param kafka for Kafka
 */
@Validated
@ConfigurationProperties("platform")
record Credentials(@NotNull @Valid Secret discovery, @NotNull @Valid Secret config, @NotNull @Valid Secret database,
		@NotNull @Valid Secret redis, @NotNull @Valid Secret kafka) {

	private static final int MIN_LENGTH = 16;

	record Secret(@NotNull @Size(min = MIN_LENGTH, message = "must have at least {min} characters") String password) {
	}

}
