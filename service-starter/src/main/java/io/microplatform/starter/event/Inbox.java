package io.microplatform.starter.event;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.UUID;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Remembers which events a consumer has applied, in the transaction of their effect:
 * however often and at however many instances an event arrives, its effect happens once.
 * An old event that arrives again after newer ones has no effect. Events are forgotten
 * after {@code platform.inbox.retention}. Thread-safe.
 */
public final class Inbox {

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final Clock clock;

	private final JsonMapper json;

	private final EventTracing tracing;

	private final MeterProvider<Counter> events;

	Inbox(JdbcClient jdbc, TransactionTemplate transaction, Clock clock, JsonMapper json, EventTracing tracing,
			MeterRegistry meters) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.clock = clock;
		this.json = json;
		this.tracing = tracing;
		this.events = Counter.builder("inbox.events")
			.description("Events that were applied, and those that had been applied before")
			.withRegistry(meters);
	}

	/**
	 * A consumer that applies events through this inbox.
	 * @param name its name; two consumers of one service apply the same event
	 * independently
	 * @return the consumer, which ignores every type until told what to do with it
	 */
	public EventConsumer consumer(String name) {
		return new EventConsumer(name, this, this.json, this.tracing);
	}

	/** Applies an event once. Returns {@code false} if it was applied before. */
	boolean applyOnce(String consumer, UUID eventId, Runnable effect) {
		boolean applied = Boolean.TRUE.equals(this.transaction.execute((status) -> {
			int inserted = this.jdbc.sql("""
					insert into inbox (consumer, event_id, processed_at) values (:consumer, :eventId, :now)
					on conflict (consumer, event_id) do nothing""")
				.param("consumer", consumer)
				.param("eventId", eventId)
				.param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
				.update();
			if (inserted == 1) {
				effect.run();
			}
			return inserted == 1;
		}));
		this.events.withTags("consumer", consumer, "outcome", applied ? "applied" : "duplicate").increment();
		return applied;
	}

}
