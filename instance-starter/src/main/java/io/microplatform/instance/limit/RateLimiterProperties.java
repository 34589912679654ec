package io.microplatform.instance.limit;

import java.time.Duration;

import io.microplatform.instance.configuration.RefreshableProperties;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of the rate limiter. The limits are part of the configuration of each
 * application.
 *
 * @param timeout the time for Redis to answer, after which this instance decides locally
 * @param pauseAfterFailure the time for which this instance decides locally after Redis
 * did not answer
 * @param localSubjects the maximum number of subjects whose buckets this instance keeps;
 * the bucket of an evicted subject is full again
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.rate-limiter")
public record RateLimiterProperties(@NotNull @DurationMin(millis = 1) Duration timeout,
		@NotNull @DurationMin(millis = 10) Duration pauseAfterFailure, @Min(1000) int localSubjects) {
}
