package io.microplatform.starter.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the gauges show when they cannot be read from the table, and of ages; the rest is
 * in {@link ParkingTests}.
 */
class OutboxMetricsTests {

	@Test
	void aDatabaseThatDoesNotAnswerIsNotShownAsAnEmptyOutbox() {
		MeterRegistry registry = new SimpleMeterRegistry();
		JdbcClient nowhere = JdbcClient.create(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/nowhere"));
		OutboxMetrics metrics = new OutboxMetrics(nowhere, Clock.systemUTC(), registry);
		metrics.run();
		assertThat(registry.get("outbox.backlog").gauge().value()).isNaN();
		assertThat(registry.get("outbox.parked").gauge().value()).isNaN();
		assertThat(registry.get("outbox.age").gauge().value()).isNaN();
	}

	@Test
	void theAgeIsOfTheOldestAndNothingWhenNothingWaits() {
		Instant arose = Instant.parse("2026-11-26T12:00:00Z");
		Clock later = Clock.offset(Clock.fixed(arose, ZoneOffset.UTC), Duration.ofMillis(90_500));
		assertThat(new OutboxBacklog(1, 0, arose).age(later)).isEqualTo(90.5);
		assertThat(new OutboxBacklog(0, 0, null).age(later)).isZero();
	}

}
