package io.microplatform.instance.breaker;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.microplatform.instance.breaker.CircuitBreakerProperties.Rule;
import io.microplatform.instance.configuration.Refreshable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies {@link CircuitBreakerProperties} to the registries of Resilience4j, so that the
 * circuit breakers of Spring Cloud, which look up their configuration by the name of the
 * hop, can be changed at run time. Call {@link #of(String)} before each
 * {@code create(hop)} of Spring Cloud's factory. Thread-safe and never waits for calls.
 */
public final class CircuitBreakers {

	private static final Logger log = LoggerFactory.getLogger(CircuitBreakers.class);

	/** The tag of Spring Cloud. All meters of a name must have the same tags. */
	private static final String GROUP = "group";

	private final Map<String, Rule> applied = new ConcurrentHashMap<>();

	private final Refreshable<CircuitBreakerProperties> properties;

	private final CircuitBreakerRegistry breakers;

	private final BulkheadRegistry bulkheads;

	private final TimeLimiterRegistry timeLimiters;

	private final Predicate<Throwable> ignored;

	/**
	 * Creates circuit breakers that follow the configuration.
	 * @param properties the rules
	 * @param breakers the registry of Spring Cloud's circuit breakers
	 * @param bulkheads the registry of their bulkheads
	 * @param timeLimiters the registry of their time limiters
	 * @param ignoredBy selects the failures that do not count, in addition to a full
	 * bulkhead
	 */
	CircuitBreakers(Refreshable<CircuitBreakerProperties> properties, CircuitBreakerRegistry breakers,
			BulkheadRegistry bulkheads, TimeLimiterRegistry timeLimiters, Predicate<Throwable> ignoredBy) {
		this.properties = properties;
		this.breakers = breakers;
		this.bulkheads = bulkheads;
		this.timeLimiters = timeLimiters;
		this.ignored = ignoredBy.or(BulkheadFullException.class::isInstance);
	}

	/**
	 * Returns the rule of a hop, and applies it if it is new or has changed. In that
	 * case, the circuit breaker is replaced by a closed one without history, and calls in
	 * progress do not count toward the new maximum.
	 * @param hop the name of the hop
	 * @return the current rule
	 */
	public Rule of(String hop) {
		Rule rule = this.properties.get().of(hop);
		if (!rule.equals(this.applied.get(hop))) {
			apply(hop);
		}
		return rule;
	}

	private synchronized void apply(String hop) {
		// Another thread may have applied this rule or a later one in the meantime.
		Rule rule = this.properties.get().of(hop);
		if (rule.equals(this.applied.get(hop))) {
			return;
		}
		Map<String, String> tags = Map.of(GROUP, hop);
		applyBreaker(hop, rule, tags);
		applyBulkhead(hop, rule, tags);
		applyTimeLimiter(hop, rule, tags);
		this.applied.put(hop, rule);
	}

	private void applyBreaker(String hop, Rule rule, Map<String, String> tags) {
		CircuitBreakerConfig config = CircuitBreakerConfig.custom()
			.failureRateThreshold(rule.failureRate())
			.slidingWindowType(SlidingWindowType.TIME_BASED)
			.slidingWindowSize((int) rule.window().toSeconds())
			.minimumNumberOfCalls(rule.minimumCalls())
			.waitDurationInOpenState(rule.openTime())
			.automaticTransitionFromOpenToHalfOpenEnabled(true)
			.permittedNumberOfCallsInHalfOpenState(rule.halfOpenCalls())
			.ignoreException(this.ignored)
			.writableStackTraceEnabled(false)
			.build();
		this.breakers.addConfiguration(hop, config);
		Optional<CircuitBreaker> former = this.breakers.find(hop);
		CircuitBreaker breaker = former.isPresent() ? CircuitBreaker.of(hop, config, tags)
				: this.breakers.circuitBreaker(hop, config, tags);
		breaker.getEventPublisher()
			.onStateTransition((event) -> log.warn("Circuit breaker {} is now {}, was {}", hop,
					event.getStateTransition().getToState(), event.getStateTransition().getFromState()));
		former.ifPresent((_) -> this.breakers.replace(hop, breaker));
	}

	/**
	 * Replaces the bulkhead. {@link Bulkhead#changeConfig} would wait for calls to end if
	 * the maximum is reduced below their number.
	 */
	private void applyBulkhead(String hop, Rule rule, Map<String, String> tags) {
		BulkheadConfig config = BulkheadConfig.custom()
			.maxConcurrentCalls(rule.maxConcurrent())
			.maxWaitDuration(Duration.ZERO)
			.writableStackTraceEnabled(false)
			.build();
		this.bulkheads.addConfiguration(hop, config);
		if (this.bulkheads.replace(hop, Bulkhead.of(hop, config, tags)).isEmpty()) {
			this.bulkheads.bulkhead(hop, config, tags);
		}
	}

	private void applyTimeLimiter(String hop, Rule rule, Map<String, String> tags) {
		TimeLimiterConfig config = TimeLimiterConfig.custom().timeoutDuration(rule.timeLimit()).build();
		this.timeLimiters.addConfiguration(hop, config);
		if (this.timeLimiters.replace(hop, TimeLimiter.of(hop, config, tags)).isEmpty()) {
			this.timeLimiters.timeLimiter(hop, config, tags);
		}
	}

}
