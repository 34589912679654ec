package io.microplatform.user.credit;

import java.time.Duration;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.starter.background.BackgroundTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The gauge {@code credit.reserved}: what is reserved of the credit limits of all users,
 * in the currency of the platform. It is of the last sample, and not a number when the
 * database did not answer. Thread-safe.
 */
@Component
class CreditMetrics extends BackgroundTask {

	private static final Logger log = LoggerFactory.getLogger(CreditMetrics.class);

	/** A sample reads the whole table of users. */
	private static final Duration SAMPLE_INTERVAL = Duration.ofMinutes(1);

	private final JdbcClient jdbc;

	private volatile double reserved = Double.NaN;

	CreditMetrics(JdbcClient jdbc, MeterRegistry registry) {
		super("credit-metrics");
		this.jdbc = jdbc;
		Gauge.builder("credit.reserved", this, (metrics) -> metrics.reserved)
			.description("What is reserved of all credit limits, in the currency of the platform")
			.register(registry);
	}

	@Override
	protected Duration interval() {
		return SAMPLE_INTERVAL;
	}

	@Override
	protected void run() {
		try {
			this.reserved = this.jdbc.sql("select coalesce(sum(credit_limit - credit_available), 0) from users")
				.query(Double.class)
				.single();
		}
		catch (DataAccessException ex) {
			this.reserved = Double.NaN;
			log.debug("The reservations could not be summed", ex);
		}
	}

}
