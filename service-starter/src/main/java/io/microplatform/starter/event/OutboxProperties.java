package io.microplatform.starter.event;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How the outbox is relayed.
 *
 * @param pollInterval how long the relay waits for the next look when nothing wakes it
 * @param batchSize how many events it takes at a time
 * @param batchTime how long a batch may take; well below the database's limit for idle
 * transactions, which frees the relay's lock when an instance hangs
 */
@Validated
@ConfigurationProperties("platform.outbox")
public record OutboxProperties(@NotNull Duration pollInterval, @Min(1) @Max(10_000) int batchSize,
		@NotNull Duration batchTime) {
}
