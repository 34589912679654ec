package io.microplatform.instance.balancer;

import java.time.Duration;

import io.microplatform.instance.configuration.LiveProperties;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How often a request is sent again, and when.
 *
 * @param maxAttempts at one request, the first included; what was refused a connection
 * does not count, and is tried at every instance
 * @param attemptTimeout after which a request that may be repeated is given to another
 * instance, if there is one and the budget allows; longer by what it may wait itself
 * ({@code Prefer: wait})
 * @param inProgressTimeout for which an answer that an earlier attempt at the same
 * request is still being worked on is not taken for the end
 * @param backoff before the second attempt, unless nothing was sent; doubled each time,
 * and between nothing and the whole of it by chance
 * @param maxBackoff the longest of these pauses
 * @param budget retries that each request adds to what may be spent: their share of all
 * requests in the long run
 * @param reserve retries that may be spent at once
 */
@Validated
@LiveProperties
@ConfigurationProperties("platform.retries")
public record RetryProperties(@Min(1) @Max(10) int maxAttempts,
		@NotNull @DurationMin(millis = 50) Duration attemptTimeout, @NotNull Duration inProgressTimeout,
		@NotNull @DurationMin(millis = 1) Duration backoff, @NotNull @DurationMin(millis = 1) Duration maxBackoff,
		@DecimalMin("0") @DecimalMax("1") double budget, @Min(0) @Max(10_000) int reserve) {
}
