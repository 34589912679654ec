package io.microplatform.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.microplatform.starter.background.SampledGauges;
import io.microplatform.starter.database.AfterCommit;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The meters of orders. Counters and the timer are of this instance, and count a change
 * after its commit. The gauges are of the whole table at the last sample, and not a
 * number when the database did not answer. Thread-safe.
 */
@Component
class OrderMetrics extends SampledGauges<OrderMetrics.Pending> {

	private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(10);

	private final Map<Order.Status, Counter> changes = new EnumMap<>(Order.Status.class);

	private final Timer confirmation;

	private final JdbcClient jdbc;

	OrderMetrics(JdbcClient jdbc, Clock clock, MeterRegistry registry) {
		super("order-metrics", SAMPLE_INTERVAL);
		this.jdbc = jdbc;
		for (Order.Status status : Order.Status.values()) {
			this.changes.put(status,
					Counter.builder("orders.status.changes")
						.description("Orders that got the status; pending: that were placed")
						.tag("status", status.name().toLowerCase(Locale.ROOT))
						.register(registry));
		}
		this.confirmation = Timer.builder("orders.confirmation")
			.description("Time from the placement of an order until it is CONFIRMED")
			.register(registry);
		gauge("orders.pending", Pending::orders).description("Orders that are PENDING").register(registry);
		gauge("orders.pending.age", (now) -> now.age(clock)).baseUnit("seconds")
			.description("Age of the oldest order that is PENDING")
			.register(registry);
	}

	/**
	 * Counts a new status of an order when the current transaction has committed.
	 * @param order the order as it is then
	 */
	void countAfterCommit(Order order) {
		AfterCommit.run(() -> count(order));
	}

	private void count(Order order) {
		Objects.requireNonNull(this.changes.get(order.status())).increment();
		if (order.status() == Order.Status.CONFIRMED) {
			this.confirmation.record(Duration.between(order.createdAt(), order.updatedAt()));
		}
	}

	@Override
	protected Pending sample() {
		return Pending.in(this.jdbc);
	}

	/**
	 * The orders that are PENDING. Each of them awaits an answer, so that the index of
	 * the unanswered orders has them all.
	 */
	record Pending(long orders, @Nullable Instant oldest) {

		static Pending in(JdbcClient jdbc) {
			return jdbc.sql("""
					select count(*), min(created_at) from orders
					where ask_again_at is not null and status = 'PENDING'""").query((row, number) -> {
				@Nullable OffsetDateTime oldest = row.getObject(2, OffsetDateTime.class);
				return new Pending(row.getLong(1), (oldest != null) ? oldest.toInstant() : null);
			}).single();
		}

		/** In seconds; 0 when no order is PENDING. */
		double age(Clock clock) {
			return (this.oldest != null) ? Duration.between(this.oldest, clock.instant()).toMillis() / 1000.0 : 0;
		}

	}

}
