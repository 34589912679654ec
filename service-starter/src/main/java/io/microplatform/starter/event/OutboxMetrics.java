package io.microplatform.starter.event;

import java.time.Clock;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.microplatform.starter.background.BackgroundTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The meters of the outbox. The counters are of this instance. The gauges are of the
 * whole table at the last sample, and not a number when the database did not answer:
 * reading them never waits for it. Thread-safe.
 */
final class OutboxMetrics extends BackgroundTask {

	private static final Logger log = LoggerFactory.getLogger(OutboxMetrics.class);

	private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(10);

	private final JdbcClient jdbc;

	private final Counter published;

	private final Counter failed;

	private final Counter parked;

	private volatile @Nullable OutboxBacklog backlog;

	OutboxMetrics(JdbcClient jdbc, Clock clock, MeterRegistry registry) {
		super("outbox-metrics");
		this.jdbc = jdbc;
		this.published = counter(registry, "published");
		this.failed = counter(registry, "failed");
		this.parked = counter(registry, "parked");
		gauge("outbox.backlog", BaseUnits.EVENTS, OutboxBacklog::events)
			.description("Events that are not published, counted up to " + OutboxBacklog.COUNTED)
			.register(registry);
		gauge("outbox.parked", BaseUnits.EVENTS, OutboxBacklog::parked)
			.description("Events that cannot be sent and wait for an operator")
			.register(registry);
		gauge("outbox.age", "seconds", (now) -> now.age(clock))
			.description("Since when the oldest event waits that is neither published nor parked")
			.register(registry);
	}

	private static Counter counter(MeterRegistry registry, String outcome) {
		return Counter.builder("outbox.events")
			.description("Events that the broker acknowledged, attempts that failed, events that were parked")
			.tag("outcome", outcome)
			.register(registry);
	}

	private Gauge.Builder<OutboxMetrics> gauge(String name, String unit, ToDoubleFunction<OutboxBacklog> value) {
		return Gauge.builder(name, this, (metrics) -> {
			OutboxBacklog now = metrics.backlog;
			return (now != null) ? value.applyAsDouble(now) : Double.NaN;
		}).baseUnit(unit);
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
	protected Duration interval() {
		return SAMPLE_INTERVAL;
	}

	/** Measures what the gauges show. */
	@Override
	protected void run() {
		try {
			this.backlog = OutboxBacklog.in(this.jdbc);
		}
		catch (DataAccessException ex) {
			this.backlog = null;
			log.debug("The outbox could not be measured", ex);
		}
	}

}
