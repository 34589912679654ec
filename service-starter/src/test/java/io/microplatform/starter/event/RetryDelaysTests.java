package io.microplatform.starter.event;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryDelaysTests {

	private static final ConsumerProperties PATIENT = rules(Duration.ofSeconds(1), Duration.ofSeconds(10));

	private static final ConsumerProperties HASTY = rules(Duration.ofMillis(10), Duration.ofMillis(10));

	private final RetryDelays delays = new RetryDelays();

	@Test
	void becomeLongerUpToTheLongest() {
		assertThat(next(PATIENT).orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1500));
		assertThat(next(PATIENT).orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
		for (int i = 0; i < 10; i++) {
			assertThat(this.delays.afterOutage(PATIENT)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
		}
	}

	@Test
	void goByTheRulesOfTheMoment() {
		next(PATIENT);
		this.delays.afterOutage(PATIENT);
		assertThat(this.delays.afterOutage(HASTY)).isEqualTo(Duration.ofMillis(10));
		assertThat(next(HASTY)).as("more than its sum has been waited").isEmpty();
		assertThat(next(PATIENT)).isPresent();
	}

	private Optional<Duration> next(ConsumerProperties rules) {
		return this.delays.next(Failure.Kind.REFUSED, rules);
	}

	private static ConsumerProperties rules(Duration first, Duration longest) {
		return new ConsumerProperties(first, longest, longest);
	}

}
