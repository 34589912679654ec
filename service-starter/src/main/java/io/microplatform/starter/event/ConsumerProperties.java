package io.microplatform.starter.event;

import java.time.Duration;

import io.microplatform.instance.configuration.RefreshableProperties;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of how often a consumer tries an event that it could not apply.
 *
 * @param retryDelay before the second attempt; it doubles each time, with a jitter of up
 * to a half in both directions
 * @param maxRetryDelay the longest delay
 * @param giveUpAfter the sum of the delays after which the event becomes a dead letter,
 * unless the reason is an outage
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.consumer")
public record ConsumerProperties(@NotNull @DurationMin(millis = 1) Duration retryDelay,
		@NotNull @DurationMin(millis = 1) Duration maxRetryDelay,
		@NotNull @DurationMin(millis = 0) Duration giveUpAfter) {
}
