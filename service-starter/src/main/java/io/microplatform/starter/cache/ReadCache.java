package io.microplatform.starter.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.starter.cache.OwedEvictions.Debt;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A read-through cache of values by id on Redis, which replaces Spring's
 * {@link org.springframework.cache.Cache} where readers must not see a value from before
 * a committed write. It guarantees that after a transaction that called
 * {@link #evictAfterCommit} has committed, no reader gets an older value, as long as the
 * writer reaches Redis. Two races would break that:
 * <ul>
 * <li>A slow reader could store an old value after the eviction. A reader that misses
 * therefore gets a lease, and stores the value only while the lease is still there. An
 * eviction deletes the lease together with the value.</li>
 * <li>A reader could learn of the commit, for example from an event, before the eviction
 * is done. The writer therefore holds the key from just before the commit until the
 * eviction, and readers load from the database meanwhile.</li>
 * </ul>
 * <p>
 * When Redis fails or hangs, a {@link CircuitBreaker} opens after one command, and reads
 * go straight to the database. Evictions do not wait; those that failed are repeated
 * every second. An instance that has noticed the outage, by a command without an answer
 * or a lost connection, reads from Redis again after the
 * {@linkplain CacheProperties#recoveryTime() recovery time}, and ignores the entries that
 * were stored until then, including those that Redis has restored from its files. A value
 * from before a commit is therefore returned only if the writer could not reach Redis
 * while the reading instance could, or did not notice that it could not. It is returned
 * until the writer has repeated the eviction or, if the writer has died, until it
 * expires.
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
	 * to load a value; whatever else lies there is missing, and so is a value that has
	 * less time left to live than one that was stored since entries are trusted.
	 */
	private static final RedisScript<String> GET_OR_LEASE = RedisScript.of(WRITERS + """
			if writers(KEYS[2]) then return false end
			local left = redis.call('PTTL', KEYS[1])
			if left >= 0 and redis.call('TYPE', KEYS[1])['ok'] == 'string'
					and redis.call('STRLEN', KEYS[1]) <= tonumber(ARGV[3]) then
				local value = redis.call('GET', KEYS[1])
				local lease = string.sub(value, 1, 6) == 'lease:'
				if lease and left <= tonumber(ARGV[2]) or not lease and left >= tonumber(ARGV[4]) then return value end
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

	private final RedisCalls calls;

	private final OwedEvictions owed;

	ReadCache(String service, String name, Class<T> type, int version, StringRedisTemplate redis, JsonMapper json,
			Refreshable<CacheProperties> properties, Clock clock, MeterRegistry meters) {
		this.redis = redis;
		this.format = new EntryFormat<>(type, version, json);
		this.properties = properties;
		this.prefix = service + ":" + name + ":";
		this.hits = gets("hit", name, meters);
		this.misses = gets("miss", name, meters);
		this.calls = new RedisCalls(name, properties, clock, meters);
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
		this.owed.valuesLive(times.timeToLive());
		String key = this.prefix + id;
		String lease = LEASE_PREFIX + UUID.randomUUID();
		Duration trusted = this.calls.trustedFor();
		boolean readable = !trusted.isNegative() && evictOwed();
		Optional<String> found = readable ? getOrLease(key, lease, times.loadTime(), trusted) : Optional.empty();
		Optional<T> cached = found.flatMap((text) -> this.format.read(key, text));
		if (cached.isPresent()) {
			this.hits.increment();
			return cached;
		}
		if (found.isPresent()) {
			this.calls
				.attempt(() -> this.redis.execute(LEASE, List.of(key, key + HELD), lease, millis(times.loadTime())));
		}
		this.misses.increment();
		Optional<T> loaded = loader.get();
		if (readable) {
			loaded.ifPresent((value) -> store(key, lease, value, times.timeToLive()));
		}
		return loaded;
	}

	/**
	 * Redis measures the age of a value, by the time that it has left to live: the clocks
	 * of two instances may differ.
	 */
	private Optional<String> getOrLease(String key, String lease, Duration loadTime, Duration trusted) {
		Duration least = this.owed.longestTimeToLive().minus(trusted);
		return this.calls
			.attempt(() -> this.redis.execute(GET_OR_LEASE, List.of(key, key + HELD), lease, millis(loadTime),
					Integer.toString(LARGEST), millis(least)))
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
				if (this.held || status == STATUS_UNKNOWN) {
					evict(id, this.held);
				}
			}

		});
	}

	/** The connection was lost: Redis may have restarted, with older entries. */
	void connectionLost() {
		this.calls.failed();
	}

	/**
	 * Repeats the evictions that failed. While entries are not trusted, a command finds
	 * out whether Redis answers. To be called every second.
	 */
	void recover() {
		if (evictOwed() && this.calls.trustedFor().isNegative()) {
			this.calls.attempt(() -> this.redis.hasKey(this.prefix));
		}
	}

	/**
	 * Makes all readers load the value from the database, for the time in which a writer
	 * commits.
	 */
	private boolean hold(long id) {
		String key = this.prefix + id;
		return this.calls
			.attempt(() -> this.redis.execute(HOLD, List.of(key, key + HELD), millis(this.properties.get().loadTime())))
			.isPresent();
	}

	private void evict(long id, boolean held) {
		String key = this.prefix + id;
		if (!(held ? deleteHeld(key) : delete(Set.of(key)))) {
			this.owed.add(key, this.properties.get());
		}
	}

	private boolean deleteHeld(String key) {
		return this.calls.attempt(() -> this.redis.execute(EVICT_HELD, List.of(key, key + HELD))).isPresent();
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
		return this.calls.attempt(() -> this.redis.delete(keys)).isPresent();
	}

	private void store(String key, String lease, T value, Duration timeToLive) {
		String entry = this.format.write(key, value);
		if (this.calls.isAvailable() && entry.length() <= LARGEST) {
			this.calls
				.attempt(() -> this.redis.execute(STORE_WITH_LEASE, List.of(key), lease, entry, millis(timeToLive)));
		}
	}

	private static String millis(Duration duration) {
		return Long.toString(duration.toMillis());
	}

}
