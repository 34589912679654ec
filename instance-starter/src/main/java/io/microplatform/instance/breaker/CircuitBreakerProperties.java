package io.microplatform.instance.breaker;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import io.microplatform.instance.configuration.RefreshableProperties;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of the circuit breakers. Each hop, which is a route of the gateway or a
 * call of a service, has its own circuit breaker.
 *
 * @param defaults the rule of a hop that is not listed
 * @param hops what differs from the defaults, by the name of the hop:
 * {@code <service>.<route id>} at the gateway, {@code <service>.<call>} at a service; in
 * YAML, it needs brackets ({@code "[user-service.users]"})
 */
@Validated
@RefreshableProperties
@ConfigurationProperties("platform.circuit-breakers")
public record CircuitBreakerProperties(@NotNull @Valid Rule defaults,
		@DefaultValue Map<String, @NotNull @Valid Difference> hops) {

	/** The rule of a hop. */
	Rule of(String hop) {
		Difference own = this.hops.get(hop);
		return (own != null) ? own.over(this.defaults) : this.defaults;
	}

	/**
	 * The rule of one circuit breaker.
	 *
	 * @param timeLimit the time after which a call is cancelled
	 * @param maxConcurrent the maximum number of calls in progress; more are refused at
	 * once
	 * @param failureRate the share of the calls within the window, in percent, that must
	 * fail for the circuit breaker to open
	 * @param window the time over which calls are counted, in whole seconds
	 * @param minimumCalls the number of calls within the window below which the circuit
	 * breaker does not open
	 * @param openTime the time for which an open circuit breaker refuses all calls; then
	 * it is half-open
	 * @param halfOpenCalls the number of calls that a half-open circuit breaker permits;
	 * their failure rate decides whether it opens again or closes
	 */
	public record Rule(@NotNull @DurationMin(millis = 10) Duration timeLimit, @Min(1) int maxConcurrent,
			@Min(1) @Max(100) int failureRate,
			@NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 10) Duration window, @Min(1) int minimumCalls,
			@NotNull @DurationMin(millis = 100) Duration openTime, @Min(1) int halfOpenCalls) {

	}

	/**
	 * The values of a hop that differ from the defaults; {@code null} for those that do
	 * not. The components are those of {@link Rule}.
	 */
	public record Difference(@Nullable @DurationMin(millis = 10) Duration timeLimit,
			@Nullable @Min(1) Integer maxConcurrent, @Nullable @Min(1) @Max(100) Integer failureRate,
			@Nullable @DurationMin(seconds = 1) @DurationMax(minutes = 10) Duration window,
			@Nullable @Min(1) Integer minimumCalls, @Nullable @DurationMin(millis = 100) Duration openTime,
			@Nullable @Min(1) Integer halfOpenCalls) {

		private Rule over(Rule defaults) {
			return new Rule(Objects.requireNonNullElse(this.timeLimit, defaults.timeLimit()),
					Objects.requireNonNullElse(this.maxConcurrent, defaults.maxConcurrent()),
					Objects.requireNonNullElse(this.failureRate, defaults.failureRate()),
					Objects.requireNonNullElse(this.window, defaults.window()),
					Objects.requireNonNullElse(this.minimumCalls, defaults.minimumCalls()),
					Objects.requireNonNullElse(this.openTime, defaults.openTime()),
					Objects.requireNonNullElse(this.halfOpenCalls, defaults.halfOpenCalls()));
		}

	}

}
