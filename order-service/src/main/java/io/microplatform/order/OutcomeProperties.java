package io.microplatform.order;

import java.time.Duration;

import io.microplatform.instance.configuration.RefreshableProperties;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of requests that wait for the outcome of an order.
 *
 * @param pollInterval the time between two queries, while requests wait
 * @param maxWaiting how many requests may wait at an instance; others are answered at
 * once
 */
@RefreshableProperties
@Validated
@ConfigurationProperties("platform.orders.outcomes")
record OutcomeProperties(@NotNull @DurationMin(millis = 1) @DurationMax(seconds = 1) Duration pollInterval,
		@Min(0) @Max(10_000) int maxWaiting) {
}
