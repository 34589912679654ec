package io.microplatform.user.credit;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.starter.background.SampledGauges;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The gauge {@code credit.reserved}: what is reserved of the credit limits of all users,
 * in the currency of the platform. It is of the last sample, and not a number when the
 * database did not answer. Thread-safe.
 */
@Component
class CreditMetrics extends SampledGauges<Double> {

	/** A sample reads the whole table of users. */
	private static final Duration SAMPLE_INTERVAL = Duration.ofMinutes(1);

	private final JdbcClient jdbc;

	CreditMetrics(JdbcClient jdbc, MeterRegistry registry) {
		super("credit-metrics", SAMPLE_INTERVAL);
		this.jdbc = jdbc;
		gauge("credit.reserved", Double::doubleValue)
			.description("What is reserved of all credit limits, in the currency of the platform")
			.register(registry);
	}

	@Override
	protected Double sample() {
		return this.jdbc.sql("select coalesce(sum(credit_limit - credit_available), 0) from users")
			.query(Double.class)
			.single();
	}

}
