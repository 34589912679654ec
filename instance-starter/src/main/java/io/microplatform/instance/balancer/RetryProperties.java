package io.microplatform.instance.balancer;

import java.time.Duration;

import io.microplatform.instance.configuration.RefreshableProperties;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * When a request is sent again.
 *
 * @param maxAttempts the maximum number of attempts at a request, the first included; an
 * attempt that was refused a connection does not count
 * @param attemptTimeout the time after which an attempt at an idempotent request is given
 * up for another instance, if there is one and the budget allows; the gateway adds the
 * time of {@code Prefer: wait}
 * @param inProgressTimeout the time for which a request is sent again while an earlier
 * attempt at it is in progress
 * @param backoff the maximum pause before the second attempt, unless nothing was sent; it
 * doubles with each attempt, and the pause is a random part of it
 * @param maxBackoff the maximum of all pauses
 * @param budget the retries that each request adds to the budget: their share of all
 * requests in the long run
 * @param reserve the maximum of the budget
 */
@Validated
@RefreshableProperties
@ConfigurationProperties("platform.retries")
public record RetryProperties(@Min(1) @Max(10) int maxAttempts,
		@NotNull @DurationMin(millis = 50) Duration attemptTimeout, @NotNull Duration inProgressTimeout,
		@NotNull @DurationMin(millis = 1) Duration backoff, @NotNull @DurationMin(millis = 1) Duration maxBackoff,
		@DecimalMin("0") @DecimalMax("1") double budget, @Min(0) @Max(10_000) int reserve) {
}
