package io.microplatform.user.login;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/**
 * Counters of the logins at this instance, by outcome. Thread-safe.
 */
@Component
final class LoginMetrics {

	private final Counter successes;

	private final Counter failures;

	private final Counter refusals;

	LoginMetrics(MeterRegistry meters) {
		this.successes = logins(meters, "success");
		this.failures = logins(meters, "failure");
		this.refusals = logins(meters, "refused");
	}

	private static Counter logins(MeterRegistry meters, String outcome) {
		return Counter.builder("logins")
			.description("Logins; failure: the e-mail or the password was wrong; refused: after too many failures")
			.tag("outcome", outcome)
			.register(meters);
	}

	void succeeded() {
		this.successes.increment();
	}

	void failed() {
		this.failures.increment();
	}

	void refused() {
		this.refusals.increment();
	}

}
