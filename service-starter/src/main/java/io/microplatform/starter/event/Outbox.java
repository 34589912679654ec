package io.microplatform.starter.event;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes events into the database, in the transaction that they tell of: they will be
 * published if, and only if, it commits. Nothing is ever sent to the broker from here.
 * Thread-safe.
 */
public final class Outbox {

	private final JdbcClient jdbc;

	private final JsonMapper json;

	private final Clock clock;

	private final Tracer tracer;

	private final Propagator propagator;

	private final Runnable afterCommit;

	Outbox(JdbcClient jdbc, JsonMapper json, Clock clock, Tracer tracer, Propagator propagator, Runnable afterCommit) {
		this.jdbc = jdbc;
		this.json = json;
		this.clock = clock;
		this.tracer = tracer;
		this.propagator = propagator;
		this.afterCommit = afterCommit;
	}

	/**
	 * Adds an event to the current transaction.
	 * @param topic the topic to publish it to
	 * @param key events of one key keep their order
	 * @param type the event's type
	 * @param data the event's data, written as JSON
	 * @throws IllegalTransactionStateException when there is no transaction
	 */
	public void append(String topic, long key, String type, Object data) {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			throw new IllegalTransactionStateException("An event needs the transaction that it tells of");
		}
		this.jdbc.sql("""
				insert into outbox (event_id, topic, message_key, type, data, traceparent, occurred_at)
				values (:eventId, :topic, :key, :type, :data, :traceparent, :occurredAt)""")
			.param("eventId", UUID.randomUUID())
			.param("topic", topic)
			.param("key", Long.toString(key))
			.param("type", type)
			.param("data", this.json.writeValueAsString(data))
			.param("traceparent", traceparent())
			.param("occurredAt", this.clock.instant().atOffset(ZoneOffset.UTC))
			.update();
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				Outbox.this.afterCommit.run();
			}

		});
	}

	private @Nullable String traceparent() {
		Span span = this.tracer.currentSpan();
		if (span == null) {
			return null;
		}
		Map<String, String> carrier = new HashMap<>();
		this.propagator.inject(span.context(), carrier, (target, name, value) -> carrier.put(name, value));
		return carrier.get(CloudEvent.TRACEPARENT);
	}

}
