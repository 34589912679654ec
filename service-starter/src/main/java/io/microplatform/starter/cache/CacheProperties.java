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
 * @param timeToLive how long an entry may live
 * @param loadTime how long a reader that missed may take to bring the value, and a writer
 * to commit. After an outage of Redis, all instances have to connect again and to repeat
 * their evictions within this time, which takes up to 4 s
 * @param pauseAfterFailure how long no command is sent to Redis once it has not answered,
 * so that not all of them wait for its timeout
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.cache")
public record CacheProperties(@NotNull @DurationMin(millis = 1) Duration timeToLive,
		@NotNull @DurationMin(millis = 1) Duration loadTime, @NotNull @DurationMin Duration pauseAfterFailure) {

	/**
	 * Returns for how long Redis has to answer without a failure until an instance reads
	 * from it again. By then, the leases from before the failure have expired, and every
	 * other instance that can reach Redis has connected again and has repeated the
	 * evictions that failed.
	 * @return the time
	 */
	Duration recoveryTime() {
		return this.loadTime.plus(this.pauseAfterFailure);
	}

}
