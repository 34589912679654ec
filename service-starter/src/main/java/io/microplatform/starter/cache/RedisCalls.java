package io.microplatform.starter.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetricsPublisher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * Sends the commands of one cache to Redis, and decides since when its entries are
 * trusted. When Redis fails or hangs, one command waits for its timeout. A
 * {@link CircuitBreaker} then rejects all commands until it lets one through again.
 * <p>
 * While this instance had no answer from Redis, another instance may have had none
 * either, and may have changed what is cached. Entries are therefore not trusted until
 * Redis has answered for the {@linkplain CacheProperties#recoveryTime() recovery time}.
 * Thread-safe.
 */
final class RedisCalls {

	private static final Logger log = LoggerFactory.getLogger(RedisCalls.class);

	private static final Duration MAX_HALF_OPEN = Duration.ofSeconds(10);

	/** Longer than an entry lives. */
	private static final Duration ALWAYS = Duration.ofDays(36_500);

	private final Refreshable<CacheProperties> properties;

	private final Clock clock;

	private final Counter failures;

	private final CircuitBreaker breaker;

	private volatile @Nullable Instant lastFailure;

	RedisCalls(String cache, Refreshable<CacheProperties> properties, Clock clock, MeterRegistry meters) {
		this.properties = properties;
		this.clock = clock;
		this.failures = Counter.builder("cache.failures")
			.description("Commands that Redis did not answer")
			.tag("cache", cache)
			.register(meters);
		this.breaker = CircuitBreaker.of(cache,
				CircuitBreakerConfig.custom()
					.slidingWindowSize(1)
					.minimumNumberOfCalls(1)
					.permittedNumberOfCallsInHalfOpenState(1)
					// A call that ends with an Error returns no permit.
					.maxWaitDurationInHalfOpenState(MAX_HALF_OPEN)
					.waitIntervalFunctionInOpenState((attempt) -> properties.get().pauseAfterFailure().toMillis())
					.clock(clock)
					.writableStackTraceEnabled(false)
					.build());
		new TaggedCircuitBreakerMetricsPublisher(meters).publishMetrics(this.breaker);
	}

	/**
	 * Sends a command to Redis, unless the circuit breaker is open.
	 * @return the result, or empty if there is none or the command failed or was not sent
	 */
	<R> Optional<R> attempt(Supplier<@Nullable R> command) {
		try {
			return Optional.ofNullable(this.breaker.executeSupplier(command));
		}
		catch (CallNotPermittedException ex) {
			failed();
			return Optional.empty();
		}
		catch (DataAccessException ex) {
			failed();
			this.failures.increment();
			log.debug("Redis did not answer", ex);
			return Optional.empty();
		}
	}

	/** Records that this instance has no answer from Redis at this moment. */
	void failed() {
		this.lastFailure = this.clock.instant();
	}

	/** Whether the latest command was answered. */
	boolean isAvailable() {
		return this.breaker.getState() == CircuitBreaker.State.CLOSED;
	}

	/** Returns for how long entries have been trusted; negative while they are not. */
	Duration trustedFor() {
		Instant failure = this.lastFailure;
		if (failure == null) {
			return ALWAYS;
		}
		return Duration.between(failure.plus(this.properties.get().recoveryTime()), this.clock.instant());
	}

}
