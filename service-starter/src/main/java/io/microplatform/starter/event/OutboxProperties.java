package io.microplatform.starter.event;

import java.time.Duration;

import io.microplatform.instance.configuration.RefreshableProperties;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of the outbox and its relay.
 *
 * @param pollInterval how long the relay rests when nothing wakes it
 * @param linger the least time from one look to the next, in which events gather; only a
 * full batch is followed at once
 * @param batchSize how many events it takes at a time
 * @param batchTime how long it goes on handing a batch to the broker. With the producer's
 * own time limits it must stay below the database's limit for idle transactions, which
 * frees the keys of an instance that hangs
 * @param maxAttempts how often an event that cannot be sent as it is is tried before it
 * is parked; what the broker cannot take now is tried without end
 * @param retryDelay between the first two of these attempts; it doubles each time
 * @param retention how long published events are kept before they are deleted
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.outbox")
public record OutboxProperties(@NotNull @DurationMin(millis = 1) Duration pollInterval,
		@NotNull @DurationMin(millis = 0) @DurationMax(seconds = 1) Duration linger, @Min(1) @Max(10_000) int batchSize,
		@NotNull @DurationMin(millis = 1) @DurationMax(seconds = 5) Duration batchTime,
		@Min(1) @Max(20) int maxAttempts, @NotNull @DurationMin(millis = 1) Duration retryDelay,
		@NotNull @DurationMin(millis = 0) Duration retention) {
}
