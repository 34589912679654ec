package io.microplatform.starter.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * Keys that Redis did not delete when it was told to. A key is kept for as long as a
 * value from before the eviction can be in Redis, that is for the time in which it is
 * loaded and the longest time to live so far; this limits how many keys are kept.
 * Thread-safe.
 */
final class OwedEvictions {

	private final Map<String, Debt> debts = new ConcurrentHashMap<>();

	/** In milliseconds. */
	private final LongAccumulator longestTimeToLive = new LongAccumulator(Math::max, 0);

	private final Clock clock;

	OwedEvictions(Clock clock) {
		this.clock = clock;
	}

	/** Says for how long a value that is stored now lives. */
	void valuesLive(Duration timeToLive) {
		this.longestTimeToLive.accumulate(timeToLive.toMillis());
	}

	Duration longestTimeToLive() {
		return Duration.ofMillis(this.longestTimeToLive.get());
	}

	void add(String key, CacheProperties times) {
		valuesLive(times.timeToLive());
		Instant now = this.clock.instant();
		this.debts.values().removeIf((debt) -> !now.isBefore(debt.end));
		this.debts.put(key, new Debt(now.plus(times.loadTime()).plus(longestTimeToLive())));
	}

	Map<String, Debt> all() {
		return Map.copyOf(this.debts);
	}

	/** Forgets these, but not what was added since, be it of the same keys. */
	void paid(Map<String, Debt> debts) {
		debts.forEach(this.debts::remove);
	}

	/** No record: it is not the same as another one that ends at the same time. */
	static final class Debt {

		private final Instant end;

		private Debt(Instant end) {
			this.end = end;
		}

	}

}
