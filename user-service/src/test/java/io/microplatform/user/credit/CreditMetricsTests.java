package io.microplatform.user.credit;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.starter.test.ServiceTest;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

@ServiceTest
class CreditMetricsTests {

	private final JdbcClient jdbc;

	private final CreditMetrics metrics;

	private final MeterRegistry meters;

	CreditMetricsTests(JdbcClient jdbc, CreditMetrics metrics, MeterRegistry meters) {
		this.jdbc = jdbc;
		this.metrics = metrics;
		this.meters = meters;
	}

	@Test
	void theGaugeIsTheSumOfWhatIsReserved() {
		CreditBooks ann = new CreditBooks(this.jdbc, "100.00");
		double before = reserved();
		setAvailable(ann, "69.50");
		assertThat(reserved()).isEqualTo(before + 30.50);
		setAvailable(ann, "100.00");
		assertThat(reserved()).isEqualTo(before);
	}

	private double reserved() {
		this.metrics.run();
		return this.meters.get("credit.reserved").gauge().value();
	}

	private void setAvailable(CreditBooks account, String available) {
		this.jdbc.sql("update users set credit_available = cast(:available as numeric) where id = :id")
			.param("available", available)
			.param("id", account.user())
			.update();
	}

}
