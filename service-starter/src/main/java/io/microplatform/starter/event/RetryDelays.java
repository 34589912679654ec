package io.microplatform.starter.event;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The delays between the attempts at one message: exponential backoff with jitter, by the
 * present rules. Delays of outages do not count for the bound of the others: an outage
 * takes no attempt away.
 */
final class RetryDelays {

	private int failures;

	private int outages;

	private int refusals;

	private Duration waited = Duration.ZERO;

	/** How long to wait after one more failure; empty when the message is given up. */
	Optional<Duration> next(Failure.Kind kind, ConsumerProperties rules) {
		this.failures++;
		return switch (kind) {
			case UNREADABLE -> Optional.empty();
			case OUTAGE -> Optional.of(afterOutage(rules));
			case REFUSED -> afterRefusal(rules);
		};
	}

	/** How long to wait until what is unavailable may be back. */
	Duration afterOutage(ConsumerProperties rules) {
		return delay(this.outages++, rules);
	}

	private Optional<Duration> afterRefusal(ConsumerProperties rules) {
		if (this.waited.compareTo(rules.giveUpAfter()) >= 0) {
			return Optional.empty();
		}
		Duration delay = delay(this.refusals++, rules);
		this.waited = this.waited.plus(delay);
		return Optional.of(delay);
	}

	private static Duration delay(int attempt, ConsumerProperties rules) {
		double first = rules.retryDelay().toMillis();
		double next = first * Math.pow(2, attempt) * ThreadLocalRandom.current().nextDouble(0.5, 1.5);
		double max = rules.maxRetryDelay().toMillis();
		return Duration.ofMillis((long) Math.min(Math.max(first, next), max));
	}

	int failures() {
		return this.failures;
	}

}
