package io.microplatform.starter.cache;

import java.time.Duration;

import io.microplatform.instance.configuration.RefreshableProperties;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of the read caches.
 *
 * @param timeToLive how long an entry may live; also the longest that a value can be
 * stale, should Redis be away at the moment of a write
 * @param loadTime how long a reader that missed may take to bring the value
 * @param pauseAfterFailure how long readers leave Redis alone once it has not answered,
 * so that they do not all wait for its timeout
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.cache")
public record CacheProperties(@NotNull @DurationMin(millis = 1) Duration timeToLive,
		@NotNull @DurationMin(millis = 1) Duration loadTime, @NotNull @DurationMin Duration pauseAfterFailure) {
}
