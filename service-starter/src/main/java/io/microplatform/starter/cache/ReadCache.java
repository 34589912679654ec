package io.microplatform.starter.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Live;
import io.microplatform.starter.cache.OwedEvictions.Debt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Values by id, read through Redis. Guarantee: once a write that said so
 * ({@link #evictAfterCommit}) is committed, nobody is given a value from before it. Two
 * races are closed for that. A slow reader could store an old value after the eviction:
 * who misses gets a lease, may store only while the lease is still there, and an eviction
 * takes the lease away with the value. And somebody could learn of the commit, as from an
 * event, before the eviction is done: from just before the commit until the eviction the
 * value is held back, and everybody reads from the database.
 * <p>
 * Redis may fail or hang: one read waits for the command timeout, the next ones go
 * straight to the database until a pause is over, and evictions wait for nothing. What
 * could not be deleted is deleted before this instance reads from Redis again, so it does
 * not go back in time; another instance may until then, and at most for the time to live.
 * Thread-safe.
 *
 * @param <T> the type of the values, written as JSON
 * @see <a href=
 * "https://www.usenix.org/conference/nsdi13/technical-sessions/presentation/nishtala">Scaling
 * Memcache at Facebook, section 3.2.1, on leases</a>
 */
public final class ReadCache<T> {

	private static final Logger log = LoggerFactory.getLogger(ReadCache.class);

	private static final String LEASE = "lease:";

	private static final String HELD = ":held";

	private static final RedisScript<String> GET_OR_LEASE = RedisScript.of("""
			if redis.call('EXISTS', KEYS[2]) == 1 then return false end
			local value = redis.call('GET', KEYS[1])
			if not value then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
			return value""", String.class);

	private static final RedisScript<Long> STORE_WITH_LEASE = RedisScript.of("""
			if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
			redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
			return 1""", Long.class);

	/** Counts, because several writers may be about to commit. */
	private static final RedisScript<Long> HOLD = RedisScript.of("""
			redis.call('DEL', KEYS[1])
			redis.call('INCR', KEYS[2])
			return redis.call('PEXPIRE', KEYS[2], ARGV[1])""", Long.class);

	private static final RedisScript<Long> EVICT_HELD = RedisScript.of("""
			redis.call('DEL', KEYS[1])
			local writers = tonumber(redis.call('GET', KEYS[2]) or '0')
			if writers > 1 then return redis.call('DECR', KEYS[2]) end
			return redis.call('DEL', KEYS[2])""", Long.class);

	private final StringRedisTemplate redis;

	private final JsonMapper json;

	private final Live<CacheProperties> properties;

	private final String prefix;

	private final Class<T> type;

	private final Counter hits;

	private final Counter misses;

	private final Breaker breaker;

	private final OwedEvictions owed;

	ReadCache(String service, String name, Class<T> type, StringRedisTemplate redis, JsonMapper json,
			Live<CacheProperties> properties, Clock clock, MeterRegistry meters) {
		this.redis = redis;
		this.json = json;
		this.properties = properties;
		this.prefix = service + ":" + name + ":";
		this.type = type;
		this.hits = meters.counter("cache.gets", "cache", name, "result", "hit");
		this.misses = meters.counter("cache.gets", "cache", name, "result", "miss");
		this.breaker = new Breaker(properties, clock, meters.counter("cache.failures", "cache", name));
		this.owed = new OwedEvictions(clock);
	}

	/**
	 * The value from Redis, else from the loader, which may find none.
	 * @param id the id
	 * @param loader reads the value from where it is kept; its result is stored
	 * @return the value, if there is one
	 */
	public Optional<T> get(long id, Supplier<Optional<T>> loader) {
		if (!this.breaker.letsThrough() || !evictOwed()) {
			this.misses.increment();
			return loader.get();
		}
		CacheProperties times = this.properties.get();
		String key = this.prefix + id;
		String lease = LEASE + UUID.randomUUID();
		Optional<T> cached = this.breaker
			.attempt(() -> this.redis.execute(GET_OR_LEASE, List.of(key, key + HELD), lease, millis(times.loadTime())))
			.filter((text) -> !text.startsWith(LEASE))
			.flatMap(this::parse);
		if (cached.isPresent()) {
			this.hits.increment();
			return cached;
		}
		this.misses.increment();
		Optional<T> loaded = loader.get();
		loaded.ifPresent((value) -> store(key, lease, value, times.timeToLive()));
		return loaded;
	}

	/**
	 * Forgets the value as soon as the current transaction has committed, or at once when
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
				// Rolled back, or nobody knows.
				if (this.held) {
					evict(id, true);
				}
			}

		});
	}

	/** Lets nobody read the value from Redis, as long as a writer may take to commit. */
	private boolean hold(long id) {
		String key = this.prefix + id;
		return this.breaker.letsThrough() && this.breaker
			.attempt(() -> this.redis.execute(HOLD, List.of(key, key + HELD), millis(this.properties.get().loadTime())))
			.isPresent();
	}

	private void evict(long id, boolean held) {
		String key = this.prefix + id;
		if (!this.breaker.letsThrough() || !(held ? deleteHeld(key) : delete(Set.of(key)))) {
			this.owed.add(key, this.properties.get().timeToLive());
		}
	}

	private boolean deleteHeld(String key) {
		return this.breaker.attempt(() -> this.redis.execute(EVICT_HELD, List.of(key, key + HELD))).isPresent();
	}

	/** Whether nothing is left that must not be read. */
	private boolean evictOwed() {
		Map<String, Debt> debts = this.owed.all();
		boolean paid = debts.isEmpty() || delete(debts.keySet());
		if (paid) {
			this.owed.paid(debts);
		}
		return paid;
	}

	private boolean delete(Set<String> keys) {
		return this.breaker.attempt(() -> this.redis.delete(keys)).isPresent();
	}

	private void store(String key, String lease, T value, Duration timeToLive) {
		if (this.breaker.isClosed()) { // else there is no lease
			this.owed.valuesLive(timeToLive);
			this.breaker.attempt(() -> this.redis.execute(STORE_WITH_LEASE, List.of(key), lease,
					this.json.writeValueAsString(value), millis(timeToLive)));
		}
	}

	private Optional<T> parse(String text) {
		try {
			return Optional.of(this.json.readValue(text, this.type));
		}
		catch (JacksonException ex) {
			// Written by another version of the service: as good as not there.
			log.debug("Cached value not readable", ex);
			return Optional.empty();
		}
	}

	private static String millis(Duration duration) {
		return Long.toString(duration.toMillis());
	}

}
