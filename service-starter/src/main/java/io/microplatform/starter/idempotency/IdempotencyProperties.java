package io.microplatform.starter.idempotency;

import java.time.Duration;

import io.microplatform.instance.configuration.RefreshableProperties;
import io.microplatform.starter.background.ExpiredRows.Rules;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of idempotency keys.
 *
 * @param expiry the age at which a key is forgotten and may be used anew; longer than any
 * request takes
 * @param twinWait how long a request waits for another one with the same key, before it
 * is answered 409
 * @param idleTimeout for how long a request may leave its transaction idle before the
 * database ends it: an instance that stands still does not hold its keys for longer
 * @param cleanUpInterval the time between two looks for expired keys
 * @param cleanUpBatch how many of them are deleted at a time
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.idempotency")
public record IdempotencyProperties(@NotNull @DurationMin(minutes = 1) Duration expiry,
		@NotNull @DurationMin(millis = 0) @DurationMax(seconds = 5) Duration twinWait,
		@NotNull @DurationMin(millis = 100) @DurationMax(seconds = 10) Duration idleTimeout,
		@NotNull @DurationMin(seconds = 1) Duration cleanUpInterval, @Min(1) @Max(10_000) int cleanUpBatch) {

	Rules cleanUp() {
		return new Rules(this.expiry, this.cleanUpInterval, this.cleanUpBatch);
	}

}
