package io.microplatform.starter.event;

import java.time.Clock;
import java.time.Duration;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.microplatform.starter.background.SampledGauges;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The meters of the outbox. The counters are of this instance. The gauges are of the
 * whole table at the last sample, and not a number when the database did not answer:
 * reading them never waits for it. Thread-safe.
 */
final class OutboxMetrics extends SampledGauges<OutboxBacklog> {

	private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(10);

	private final JdbcClient jdbc;

	private final Counter published;

	private final Counter failed;

	private final Counter parked;

	OutboxMetrics(JdbcClient jdbc, Clock clock, MeterRegistry registry) {
		super("outbox-metrics", SAMPLE_INTERVAL);
		this.jdbc = jdbc;
		this.published = counter(registry, "published");
		this.failed = counter(registry, "failed");
		this.parked = counter(registry, "parked");
		gauge("outbox.backlog", OutboxBacklog::events).baseUnit(BaseUnits.EVENTS)
			.description("Events that are not published, counted up to " + OutboxBacklog.COUNTED)
			.register(registry);
		gauge("outbox.parked", OutboxBacklog::parked).baseUnit(BaseUnits.EVENTS)
			.description("Events that cannot be sent and wait for an operator")
			.register(registry);
		gauge("outbox.age", (now) -> now.age(clock)).baseUnit("seconds")
			.description("Since when the oldest event waits that is neither published nor parked")
			.register(registry);
	}

	private static Counter counter(MeterRegistry registry, String outcome) {
		return Counter.builder("outbox.events")
			.description("Events that the broker acknowledged, attempts that failed, events that were parked")
			.tag("outcome", outcome)
			.register(registry);
	}

	void published() {
		this.published.increment();
	}

	void failed() {
		this.failed.increment();
	}

	void parked() {
		this.parked.increment();
	}

	@Override
	protected OutboxBacklog sample() {
		return OutboxBacklog.in(this.jdbc);
	}

}
