package io.microplatform.starter.event;

import java.time.Duration;
import java.util.Optional;

import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * The delays between the attempts at one message. Delays of outages do not count for the
 * bound of the others: an outage takes no attempt away.
 */
final class RetryDelays {

	private final BackOffExecution endless;

	private final BackOffExecution bounded;

	private int failures;

	RetryDelays(ConsumerProperties properties) {
		this.endless = backOff(properties).start();
		ExponentialBackOff backOff = backOff(properties);
		backOff.setMaxElapsedTime(properties.giveUpAfter().toMillis());
		this.bounded = backOff.start();
	}

	private static ExponentialBackOff backOff(ConsumerProperties properties) {
		long first = properties.retryDelay().toMillis();
		ExponentialBackOff backOff = new ExponentialBackOff(first, 2);
		backOff.setMaxInterval(properties.maxRetryDelay().toMillis());
		// Of the first delay; grows with it.
		backOff.setJitter(first / 2);
		return backOff;
	}

	/** How long to wait after one more failure; empty when it is to be given up. */
	Optional<Duration> next(Failure.Kind kind) {
		this.failures++;
		return switch (kind) {
			case UNREADABLE -> Optional.empty();
			case OUTAGE -> Optional.of(afterOutage());
			case REFUSED -> Optional.of(this.bounded.nextBackOff())
				.filter((delay) -> delay != BackOffExecution.STOP)
				.map(Duration::ofMillis);
		};
	}

	/** How long to wait until what is away may be back. */
	Duration afterOutage() {
		return Duration.ofMillis(this.endless.nextBackOff());
	}

	int failures() {
		return this.failures;
	}

}
