package io.microplatform.starter.event;

import java.time.Duration;

import io.microplatform.instance.configuration.RefreshableProperties;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of the inbox.
 *
 * @param retention how long it is known that an event was applied. Must be longer than an
 * event can come again: 30 days as a dead letter, then 7 in its topic once more
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.inbox")
public record InboxProperties(@NotNull @DurationMin(days = 38,
		message = "must be longer than an event can come again: 30 days as a dead letter and 7 in its topic") Duration retention) {
}
