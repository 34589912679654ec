package io.microplatform.instance.limit;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.github.bucket4j.TimeMeter;

/**
 * A {@link TimeMeter} that reads the clock of the instance. Shared buckets are refilled
 * according to the clock of the instance that takes a token. An instance whose clock is
 * behind adds tokens later, but tokens are never added twice.
 *
 * @param clock the clock
 */
record ClockTime(Clock clock) implements TimeMeter {

	@Override
	public long currentTimeNanos() {
		Instant now = this.clock.instant();
		return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
	}

	@Override
	public boolean isWallClockBased() {
		return true;
	}

}
