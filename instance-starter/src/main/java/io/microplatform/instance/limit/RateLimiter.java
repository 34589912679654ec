package io.microplatform.instance.limit;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetricsPublisher;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.microplatform.instance.configuration.Refreshable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A rate limiter with {@linkplain Bucket token buckets} that all instances of an
 * application share. While Redis answers, all instances together do not exceed a
 * {@link Limit}.
 * <p>
 * No call fails or blocks. If Redis does not answer in time, fails or is not configured,
 * the instance decides with a local bucket that has the same limit. A
 * {@link CircuitBreaker} then skips Redis for a while, so that only one request waits for
 * the timeout. Across an outage, each instance permits at most twice the limit: the
 * requests that Redis permitted before, and one full local bucket. A request that Redis
 * answers too late may take a token from both.
 * <p>
 * Futures are completed by a thread of the Redis client or of a timer. Callers must
 * continue on another thread for anything but short computations. Thread-safe.
 */
public final class RateLimiter {

	private static final Logger log = LoggerFactory.getLogger(RateLimiter.class);

	private static final String NAME = "rate-limiter";

	private static final Duration MAX_HALF_OPEN = Duration.ofSeconds(10);

	private static final String REDIS = "redis";

	private static final String LOCAL = "local";

	private final String prefix;

	private final Refreshable<RateLimiterProperties> properties;

	private final ClockTime time;

	private final @Nullable SharedBuckets shared;

	private final Subjects<Bucket> own;

	private final CircuitBreaker breaker;

	private final MeterProvider<Counter> decisions;

	/**
	 * Creates a limiter, which connects to Redis with its first decision at the latest.
	 * @param application the name of the application, which is also its account on Redis:
	 * the account can access only keys that begin with this name
	 * @param properties the properties
	 * @param redis the client of Redis; {@code null} if each instance decides locally
	 * @param clock the clock according to which buckets are refilled
	 * @param meters counts the decisions
	 */
	public RateLimiter(String application, Refreshable<RateLimiterProperties> properties,
			@Nullable Supplier<RedisClient> redis, Clock clock, MeterRegistry meters) {
		this.prefix = application + ":limit:";
		this.properties = properties;
		this.time = new ClockTime(clock);
		this.shared = (redis != null) ? new SharedBuckets(redis, this.time, properties) : null;
		this.own = new Subjects<>(properties);
		this.breaker = breaker(properties, clock);
		new TaggedCircuitBreakerMetricsPublisher(meters).publishMetrics(this.breaker);
		this.decisions = Counter.builder("rate.limiter.decisions")
			.description("Requests that a rate limit permitted or refused")
			.withRegistry(meters);
	}

	private static CircuitBreaker breaker(Refreshable<RateLimiterProperties> properties, Clock clock) {
		CircuitBreaker breaker = CircuitBreaker.of(NAME,
				CircuitBreakerConfig.custom()
					.slidingWindowSize(1)
					.minimumNumberOfCalls(1)
					.permittedNumberOfCallsInHalfOpenState(1)
					// A call that ends with an Error does not release its permission.
					.maxWaitDurationInHalfOpenState(MAX_HALF_OPEN)
					.waitIntervalFunctionInOpenState((_) -> properties.get().pauseAfterFailure().toMillis())
					.clock(clock)
					.writableStackTraceEnabled(false)
					.build());
		breaker.getEventPublisher().onStateTransition((event) -> {
			if (event.getStateTransition() == StateTransition.CLOSED_TO_OPEN) {
				log.warn("Redis does not answer; this instance applies its rate limits locally until it does");
			}
			else if (event.getStateTransition() == StateTransition.HALF_OPEN_TO_CLOSED) {
				log.info("Redis answers again; all instances share the rate limits");
			}
		});
		return breaker;
	}

	/** Begins to connect to Redis, in the background. */
	void connect() {
		if (this.shared != null) {
			this.shared.connect();
		}
	}

	/**
	 * Takes a token if one is available.
	 * @param rule the name of the rule, as in keys and metrics
	 * @param subject the subject of the limit: an id, an address or a hash. The subject
	 * is part of a key and must not be personal data such as an e-mail address.
	 * @param limit the limit. A changed limit starts with a full bucket.
	 * @return the decision; the future never fails
	 */
	public CompletableFuture<Decision> take(String rule, String subject, Limit limit) {
		return ask(rule, subject, limit, (bucket) -> bucket.tryConsumeAndReturnRemaining(1),
				(bucket) -> bucket.tryConsumeAndReturnRemaining(1))
			.thenApply((answer) -> {
				ConsumptionProbe probe = answer.value();
				count(rule, probe.isConsumed(), answer.by());
				return Decision.of(limit, probe.isConsumed(), probe.getRemainingTokens(),
						probe.getNanosToWaitForRefill());
			});
	}

	/**
	 * Returns the decision that {@link #take} would make, without taking a token. A later
	 * {@code take} can have another result.
	 * @param rule the name of the rule
	 * @param subject what is limited
	 * @param limit the limit
	 * @return the decision; the future never fails
	 */
	public CompletableFuture<Decision> peek(String rule, String subject, Limit limit) {
		return ask(rule, subject, limit, (bucket) -> bucket.estimateAbilityToConsume(1),
				(bucket) -> bucket.estimateAbilityToConsume(1))
			.thenApply((answer) -> {
				EstimationProbe probe = answer.value();
				return Decision.of(limit, probe.canBeConsumed(), probe.getRemainingTokens(),
						probe.getNanosToWaitForRefill());
			});
	}

	/**
	 * Returns a token to its bucket, which never has more tokens than its burst.
	 * @param rule the name of the rule
	 * @param subject what is limited
	 * @param limit the limit
	 * @return a future that completes when the token is in the bucket, and never fails
	 */
	public CompletableFuture<?> giveBack(String rule, String subject, Limit limit) {
		return this.<Boolean>ask(rule, subject, limit, (bucket) -> bucket.addTokens(1).thenApply((_) -> true),
				(bucket) -> {
					bucket.addTokens(1);
					return true;
				});
	}

	private <T> CompletableFuture<Answer<T>> ask(String rule, String subject, Limit limit,
			Function<AsyncBucketProxy, CompletableFuture<T>> question, Function<Bucket, T> ownQuestion) {
		String key = this.prefix + rule + ":" + limit.key() + ":" + subject;
		SharedBuckets redis = this.shared;
		if (redis == null) {
			return CompletableFuture.completedFuture(askOwn(key, limit, ownQuestion));
		}
		return this.breaker
			.executeCompletionStage(() -> redis.ask(key, limit, this.properties.get().timeout(), question))
			.toCompletableFuture()
			.handle((value, failure) -> {
				if (failure == null) {
					return new Answer<>(value, REDIS);
				}
				log.debug("Redis did not answer", failure);
				return askOwn(key, limit, ownQuestion);
			});
	}

	private <T> Answer<T> askOwn(String key, Limit limit, Function<Bucket, T> question) {
		return new Answer<>(question.apply(this.own.get(key, limit, () -> ownBucket(limit))), LOCAL);
	}

	private Bucket ownBucket(Limit limit) {
		return Bucket.builder().addLimit(limit.bandwidth()).withCustomTimePrecision(this.time).build();
	}

	private void count(String rule, boolean permitted, String by) {
		this.decisions.withTags(Tags.of("rule", rule, "outcome", permitted ? "permitted" : "refused", "by", by))
			.increment();
	}

	/**
	 * The answer of a bucket.
	 *
	 * @param value the answer
	 * @param by the location of the bucket
	 */
	private record Answer<T>(T value, String by) {
	}

}
