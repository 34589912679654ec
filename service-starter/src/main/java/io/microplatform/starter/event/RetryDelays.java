package io.microplatform.starter.event;

import java.time.Duration;
import java.util.Optional;

import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * The delays between the attempts at one message, each by the rules of its time. Delays
 * of outages do not count for the bound of the others: an outage takes no attempt away.
 */
final class RetryDelays {

	/** By these two go the executions that they have started, at each delay anew. */
	private final ExponentialBackOff endless = new ExponentialBackOff();

	private final ExponentialBackOff bounded = new ExponentialBackOff();

	private final BackOffExecution outages = this.endless.start();

	private final BackOffExecution refusals = this.bounded.start();

	private int failures;

	/** How long to wait after one more failure; empty when it is to be given up. */
	Optional<Duration> next(Failure.Kind kind, ConsumerProperties rules) {
		this.failures++;
		return switch (kind) {
			case UNREADABLE -> Optional.empty();
			case OUTAGE -> Optional.of(afterOutage(rules));
			case REFUSED -> afterRefusal(rules);
		};
	}

	/** How long to wait until what is away may be back. */
	Duration afterOutage(ConsumerProperties rules) {
		set(this.endless, rules);
		return Duration.ofMillis(this.outages.nextBackOff());
	}

	private Optional<Duration> afterRefusal(ConsumerProperties rules) {
		set(this.bounded, rules);
		this.bounded.setMaxElapsedTime(rules.giveUpAfter().toMillis());
		return Optional.of(this.refusals.nextBackOff())
			.filter((delay) -> delay != BackOffExecution.STOP)
			.map(Duration::ofMillis);
	}

	private static void set(ExponentialBackOff backOff, ConsumerProperties rules) {
		long first = rules.retryDelay().toMillis();
		backOff.setInitialInterval(first);
		backOff.setMultiplier(2);
		backOff.setMaxInterval(rules.maxRetryDelay().toMillis());
		// Of the first delay; grows with it.
		backOff.setJitter(first / 2);
	}

	int failures() {
		return this.failures;
	}

}
