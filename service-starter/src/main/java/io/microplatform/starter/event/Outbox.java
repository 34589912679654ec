package io.microplatform.starter.event;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Predicate;

import io.microplatform.starter.database.AfterCommit;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A transactional outbox. It stores events in the database, in the transaction that they
 * tell of: they are published if, and only if, it commits. Events of one key are
 * published in the order of their transactions; concurrent transactions have an order
 * only if one waits for the other, as for the same row. Thread-safe.
 */
public final class Outbox {

	private final JdbcClient jdbc;

	private final OutboxTable table;

	private final JsonMapper json;

	private final Clock clock;

	private final EventTracing tracing;

	private final Predicate<String> knownTopics;

	private final Runnable afterCommit;

	Outbox(JdbcClient jdbc, OutboxTable table, JsonMapper json, Clock clock, EventTracing tracing,
			Predicate<String> knownTopics, Runnable afterCommit) {
		this.jdbc = jdbc;
		this.table = table;
		this.json = json;
		this.clock = clock;
		this.tracing = tracing;
		this.knownTopics = knownTopics;
		this.afterCommit = afterCommit;
	}

	/**
	 * Adds an event to the current transaction.
	 * @param topic the topic to publish it to
	 * @param key events of one key keep their order
	 * @param type the event's type
	 * @param data the event's data, written as JSON
	 * @throws IllegalTransactionStateException when there is no transaction
	 * @throws IllegalArgumentException when the service has no binding for that topic
	 */
	public void append(String topic, long key, String type, Object data) {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			throw new IllegalTransactionStateException("An event needs the transaction that it tells of");
		}
		if (!this.knownTopics.test(topic)) {
			throw new IllegalArgumentException("There is no binding for the topic " + topic);
		}
		this.jdbc.sql("""
				insert into outbox (event_id, topic, message_key, type, data, traceparent, occurred_at)
				values (:eventId, :topic, :key, :type, :data, :traceparent, :occurredAt)""")
			.param("eventId", UUID.randomUUID())
			.param("topic", topic)
			.param("key", Long.toString(key))
			.param("type", type)
			.param("data", this.json.writeValueAsString(data))
			.param("traceparent", this.tracing.traceparent())
			.param("occurredAt", this.clock.instant().atOffset(ZoneOffset.UTC))
			.update();
		AfterCommit.run(this.afterCommit);
	}

	/**
	 * Whether events of this service do not get out, of whatever instance: there is one
	 * to be sent that happened before a time. Those behind a parked event do not count.
	 * @param time some moments ago, as sending takes its time
	 * @return whether there is one
	 */
	public boolean isStuckSince(Instant time) {
		return this.table.oldestDue().filter((oldest) -> oldest.isBefore(time)).isPresent();
	}

}
