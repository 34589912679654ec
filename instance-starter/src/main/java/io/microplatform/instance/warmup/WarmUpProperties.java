package io.microplatform.instance.warmup;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How long an instance that joins others warms up before it is ready.
 *
 * @param rounds the maximum number of times that each call is made
 * @param time the maximum time, for slow machines
 */
@Validated
@ConfigurationProperties("platform.warm-up")
public record WarmUpProperties(@Min(0) @Max(10_000) int rounds,
		@NotNull @DurationMin(millis = 0) @DurationMax(minutes = 1) Duration time) {
}
