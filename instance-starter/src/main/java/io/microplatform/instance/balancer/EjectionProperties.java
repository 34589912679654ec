package io.microplatform.instance.balancer;

import java.time.Duration;

import io.microplatform.instance.configuration.RefreshableProperties;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * When an instance is ejected, for how long, and how it returns. One refused connection
 * ejects an instance.
 *
 * @param failures the number of broken connections in a row that eject an instance; twice
 * as many errors in a row eject it if the other instances answered without errors
 * meanwhile
 * @param timeouts the number of timeouts in a row that eject an instance
 * @param time the minimum time of an ejection; it doubles with each ejection within a
 * minute of the return from the one before
 * @param maxTime the maximum of this time
 * @param maxShare the share of the instances of a service that may be ejected at the same
 * time, rounded up; never the last instance
 * @param probePath the path on the management port that ends the ejection when it answers
 * 200
 * @param rampUp the time in which a new instance, or one that returns, gets a growing
 * share of the requests
 */
@Validated
@RefreshableProperties
@ConfigurationProperties("platform.ejection")
public record EjectionProperties(@Min(1) int failures, @Min(1) int timeouts,
		@NotNull @DurationMin(millis = 100) Duration time, @NotNull @DurationMin(millis = 100) Duration maxTime,
		@DecimalMin("0.1") @DecimalMax("0.9") double maxShare, @NotBlank String probePath,
		@NotNull @DurationMin(millis = 0) Duration rampUp) {

	/** The number of instances, of so many, that may be ejected at the same time. */
	int maxEjected(int instances) {
		return Math.max(0, Math.min(instances - 1, (int) Math.ceil(instances * this.maxShare)));
	}

}
