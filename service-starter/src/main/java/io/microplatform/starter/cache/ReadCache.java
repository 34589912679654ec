package io.microplatform.starter.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetricsPublisher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.starter.cache.OwedEvictions.Debt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A read-through cache of values by id on Redis, which replaces Spring's
 * {@link org.springframework.cache.Cache} where readers must not see a value from before
 * a committed write. It guarantees that after a transaction that called
 * {@link #evictAfterCommit} has committed, no reader gets an older value. Two races would
 * break that:
 * <ul>
 * <li>A slow reader could store an old value after the eviction. A reader that misses
 * therefore gets a lease, and stores the value only while the lease is still there. An
 * eviction deletes the lease together with the value.</li>
 * <li>A reader could learn of the commit, for example from an event, before the eviction
 * is done. The writer therefore holds the key from just before the commit until the
 * eviction, and readers load from the database meanwhile.</li>
 * </ul>
 * <p>
 * When Redis fails or hangs, one command waits for its timeout. A {@link CircuitBreaker}
 * then opens, and reads go straight to the database until it lets one command through
 * again; evictions do not wait. Keys that could not be deleted are deleted before this
 * instance reads from Redis again, so that its answers do not go back in time. Another
 * instance may return the old value until then, at most for its time to live.
 * <p>
 * An entry that is not a value of this cache, of this id and of this
 * {@linkplain EntryFormat format version} counts as a miss and is replaced. Thread-safe.
 *
 * @param <T> the type of the values, written as JSON
 * @see <a href=
 * "https://www.usenix.org/conference/nsdi13/technical-sessions/presentation/nishtala">Scaling
 * Memcache at Facebook, section 3.2.1, on leases</a>
 */
public final class ReadCache<T> {

	private static final Logger log = LoggerFactory.getLogger(ReadCache.class);

	private static final Duration MAX_HALF_OPEN = Duration.ofSeconds(10);

	private static final String LEASE_PREFIX = "lease:";

	private static final String HELD = ":held";

	/**
	 * Bytes. Above this a string is not an entry of a service, and is not transferred.
	 */
	private static final int LARGEST = 64 * 1024;

	/**
	 * The number of writers that hold a key back. Whatever else lies there, and what
	 * never expires, does not come from a writer.
	 */
	private static final String WRITERS = """
			local function writers(key)
				if redis.call('TYPE', key)['ok'] ~= 'string' or redis.call('PTTL', key) < 0 then return false end
				return tonumber(redis.call('GET', key))
			end
			""";

	/**
	 * An entry is a string with an expiry, and a lease does not outlive the time in which
	 * to load a value; whatever else lies there is missing.
	 */
	private static final RedisScript<String> GET_OR_LEASE = RedisScript.of(WRITERS + """
			if writers(KEYS[2]) then return false end
			local left = redis.call('PTTL', KEYS[1])
			if left >= 0 and redis.call('TYPE', KEYS[1])['ok'] == 'string'
					and redis.call('STRLEN', KEYS[1]) <= tonumber(ARGV[3]) then
				local value = redis.call('GET', KEYS[1])
				if string.sub(value, 1, 6) ~= 'lease:' or left <= tonumber(ARGV[2]) then return value end
			end
			redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
			return false""", String.class);

	/** Instead of what lies there, be it another reader's lease, which then ends. */
	private static final RedisScript<Long> LEASE = RedisScript.of(WRITERS + """
			if writers(KEYS[2]) then return 0 end
			redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
			return 1""", Long.class);

	private static final RedisScript<Long> STORE_WITH_LEASE = RedisScript.of("""
			if redis.call('TYPE', KEYS[1])['ok'] ~= 'string' or redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
			redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
			return 1""", Long.class);

	/** Counts, because several writers may be about to commit. */
	private static final RedisScript<Long> HOLD = RedisScript.of(WRITERS + """
			redis.call('DEL', KEYS[1])
			if not writers(KEYS[2]) then redis.call('DEL', KEYS[2]) end
			if type(redis.pcall('INCR', KEYS[2])) == 'table' then redis.call('SET', KEYS[2], 1) end
			return redis.call('PEXPIRE', KEYS[2], ARGV[1])""", Long.class);

	private static final RedisScript<Long> EVICT_HELD = RedisScript.of(WRITERS + """
			redis.call('DEL', KEYS[1])
			if (writers(KEYS[2]) or 0) > 1 and type(redis.pcall('DECR', KEYS[2])) ~= 'table' then return 1 end
			return redis.call('DEL', KEYS[2])""", Long.class);

	private final StringRedisTemplate redis;

	private final EntryFormat<T> format;

	private final Refreshable<CacheProperties> properties;

	private final String prefix;

	private final Counter hits;

	private final Counter misses;

	private final Counter failures;

	private final CircuitBreaker breaker;

	private final OwedEvictions owed;

	ReadCache(String service, String name, Class<T> type, int version, StringRedisTemplate redis, JsonMapper json,
			Refreshable<CacheProperties> properties, Clock clock, MeterRegistry meters) {
		this.redis = redis;
		this.format = new EntryFormat<>(type, version, json);
		this.properties = properties;
		this.prefix = service + ":" + name + ":";
		this.hits = gets("hit", name, meters);
		this.misses = gets("miss", name, meters);
		this.failures = Counter.builder("cache.failures")
			.description("Commands that Redis did not answer")
			.tag("cache", name)
			.register(meters);
		this.breaker = CircuitBreaker.of(name,
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
		this.owed = new OwedEvictions(clock);
	}

	private static Counter gets(String result, String cache, MeterRegistry meters) {
		return Counter.builder("cache.gets")
			.description("Reads from the cache")
			.tags("cache", cache, "result", result)
			.register(meters);
	}

	/**
	 * Returns the value from Redis or, on a miss, from the loader.
	 * @param id the id
	 * @param loader loads the value from the database; its result is stored
	 * @return the value, if there is one
	 */
	public Optional<T> get(long id, Supplier<Optional<T>> loader) {
		CacheProperties times = this.properties.get();
		String key = this.prefix + id;
		String lease = LEASE_PREFIX + UUID.randomUUID();
		Optional<String> found = evictOwed() ? getOrLease(key, lease, times.loadTime()) : Optional.empty();
		Optional<T> cached = found.flatMap((text) -> this.format.read(key, text));
		if (cached.isPresent()) {
			this.hits.increment();
			return cached;
		}
		if (found.isPresent()) {
			attempt(() -> this.redis.execute(LEASE, List.of(key, key + HELD), lease, millis(times.loadTime())));
		}
		this.misses.increment();
		Optional<T> loaded = loader.get();
		loaded.ifPresent((value) -> store(key, lease, value, times.timeToLive()));
		return loaded;
	}

	private Optional<String> getOrLease(String key, String lease, Duration loadTime) {
		return attempt(() -> this.redis.execute(GET_OR_LEASE, List.of(key, key + HELD), lease, millis(loadTime),
				Integer.toString(LARGEST)))
			.filter((text) -> !text.startsWith(LEASE_PREFIX));
	}

	/**
	 * Evicts the value as soon as the current transaction has committed, or at once when
	 * there is none.
	 * @param id the id
	 */
	public void evictAfterCommit(long id) {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			evict(id, false);
			return;
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			private boolean held;

			@Override
			public void beforeCommit(boolean readOnly) {
				this.held = hold(id);
			}

			@Override
			public void afterCommit() {
				evict(id, this.held);
				this.held = false;
			}

			@Override
			public void afterCompletion(int status) {
				// The transaction was rolled back, or its outcome is unknown.
				if (this.held) {
					evict(id, true);
				}
			}

		});
	}

	/**
	 * Makes all readers load the value from the database, for the time in which a writer
	 * commits.
	 */
	private boolean hold(long id) {
		String key = this.prefix + id;
		return attempt(
				() -> this.redis.execute(HOLD, List.of(key, key + HELD), millis(this.properties.get().loadTime())))
			.isPresent();
	}

	private void evict(long id, boolean held) {
		String key = this.prefix + id;
		if (!(held ? deleteHeld(key) : delete(Set.of(key)))) {
			this.owed.add(key, this.properties.get().timeToLive());
		}
	}

	private boolean deleteHeld(String key) {
		return attempt(() -> this.redis.execute(EVICT_HELD, List.of(key, key + HELD))).isPresent();
	}

	/** Deletes what could not be deleted before; returns whether nothing is left. */
	private boolean evictOwed() {
		Map<String, Debt> debts = this.owed.all();
		boolean paid = debts.isEmpty() || delete(debts.keySet());
		if (paid) {
			this.owed.paid(debts);
		}
		return paid;
	}

	private boolean delete(Set<String> keys) {
		return attempt(() -> this.redis.delete(keys)).isPresent();
	}

	private void store(String key, String lease, T value, Duration timeToLive) {
		String entry = this.format.write(key, value);
		boolean leased = this.breaker.getState() == CircuitBreaker.State.CLOSED;
		if (leased && entry.length() <= LARGEST) {
			this.owed.valuesLive(timeToLive);
			attempt(() -> this.redis.execute(STORE_WITH_LEASE, List.of(key), lease, entry, millis(timeToLive)));
		}
	}

	/**
	 * Sends a command to Redis, unless the circuit breaker is open.
	 * @return its result; empty if there is none, if it failed or was not sent
	 */
	private <R> Optional<R> attempt(Supplier<@Nullable R> command) {
		try {
			return Optional.ofNullable(this.breaker.executeSupplier(command));
		}
		catch (CallNotPermittedException ex) {
			return Optional.empty();
		}
		catch (DataAccessException ex) {
			this.failures.increment();
			log.debug("Redis did not answer", ex);
			return Optional.empty();
		}
	}

	private static String millis(Duration duration) {
		return Long.toString(duration.toMillis());
	}

}
