package io.microplatform.instance.drain;

import java.time.Duration;

import io.microplatform.instance.configuration.RefreshableProperties;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How an instance stops.
 *
 * @param enabled whether it tells the registry first
 * @param time the time for which it serves after the registry knows; longer than any
 * caller needs to learn of it
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.drain")
public record DrainProperties(@DefaultValue("true") boolean enabled,
		@NotNull @DurationMin(millis = 0) @DurationMax(minutes = 1) Duration time) {
}
