package io.microplatform.starter.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys that Redis did not delete when it was told to. Kept for their values' time to live
 * only, after which Redis has deleted them by itself: that bounds how many there are.
 * Thread-safe.
 */
final class OwedEvictions {

	private final Map<String, Debt> debts = new ConcurrentHashMap<>();

	private final Duration timeToLive;

	private final Clock clock;

	OwedEvictions(Duration timeToLive, Clock clock) {
		this.timeToLive = timeToLive;
		this.clock = clock;
	}

	void add(String key) {
		Instant now = this.clock.instant();
		this.debts.values().removeIf((debt) -> !now.isBefore(debt.end));
		this.debts.put(key, new Debt(now.plus(this.timeToLive)));
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
