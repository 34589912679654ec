package io.microplatform.instance.balancer;

import java.time.Duration;

import io.microplatform.instance.configuration.LiveProperties;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * When an instance is left out, for how long, and how it comes back.
 *
 * @param failures so many attempts in a row that broke off eject it, and twice as many
 * errors in a row if the other instances answered without errors meanwhile. One refused
 * connection ejects it at once
 * @param timeouts so many in a row that were not answered in time do so, too
 * @param time for which it is left out at least; doubled each time it happens again
 * within a minute of its return
 * @param maxTime the longest of these times
 * @param maxShare of a service's instances, that may be out at the same time: rounded up,
 * but never the last
 * @param probePath asked for on the management port of an instance that is out; 200 lets
 * it come back
 * @param rampUp in which a new instance, or one that comes back, is given more and more
 */
@Validated
@LiveProperties
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
