package io.microplatform.starter.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The SQL of the relay. Its locks belong to the current transaction, so that PostgreSQL
 * releases them when an instance dies or hangs.
 */
final class OutboxTable {

	/**
	 * Keys share so many locks, which bounds how many a relay holds. All instances must
	 * use the same number.
	 */
	private static final int LOCKS = 64;

	/** Any number will do, as long as nothing else in the database locks below it. */
	private static final int LOCK_SPACE = 0x6F757462;

	/**
	 * Everything that waits, except the keys with a row that is parked or not yet to be
	 * tried again: what follows such a row waits for it.
	 */
	private static final String DUE = """
			from outbox waiting
			where published_at is null and not exists (
				select from outbox failed
				where failed.message_key = waiting.message_key and failed.attempts > 0 and failed.published_at is null
				and (failed.parked_at is not null or failed.retry_at > :now))
			""";

	private final JdbcClient jdbc;

	private final Clock clock;

	OutboxTable(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Locks the keys of the oldest rows that are due, except those that another relay has
	 * locked, and does not wait for it.
	 * @param size how many rows to look at
	 * @return the locks, for {@link #due}
	 */
	List<Integer> lock(int size) {
		return this.jdbc.sql("""
				with oldest as materialized (select message_key %s order by id limit :size),
				locks as materialized (select distinct hashtext(message_key) & :mask as lock from oldest)
				select lock from locks where pg_try_advisory_xact_lock(:space, lock)""".formatted(DUE))
			.param("now", now())
			.param("size", size)
			.param("mask", LOCKS - 1)
			.param("space", LOCK_SPACE)
			.query((row, number) -> row.getInt("lock"))
			.list();
	}

	/** The oldest rows that are due under those locks, in their order. */
	List<OutboxMessage> due(List<Integer> locks, int size) {
		return this.jdbc.sql("""
				select id, event_id, topic, message_key, type, data, traceparent, occurred_at, attempts
				%s and hashtext(message_key) & :mask = any(:locks) order by id limit :size""".formatted(DUE))
			.param("now", now())
			.param("size", size)
			.param("mask", LOCKS - 1)
			.param("locks", locks.toArray(Integer[]::new))
			.query((row, number) -> OutboxMessage.of(row))
			.list();
	}

	/** When the oldest event happened that is due, locked or not. */
	Optional<Instant> oldestDue() {
		return this.jdbc.sql("select occurred_at %s order by id limit 1".formatted(DUE))
			.param("now", now())
			.query(OffsetDateTime.class)
			.optional()
			.map(OffsetDateTime::toInstant);
	}

	void markPublished(Collection<OutboxMessage> events) {
		this.jdbc.sql("update outbox set published_at = :now where id = any(:ids)")
			.param("now", now())
			.param("ids", events.stream().map(OutboxMessage::id).toArray(Long[]::new))
			.update();
	}

	/** The event is due again after the delay; until then what follows it waits. */
	void postpone(OutboxMessage event, String error, Duration delay) {
		markFailed(event, error, "retry_at", now().plus(delay));
	}

	/** Neither the event nor those that follow it are due until an operator decides. */
	void park(OutboxMessage event, String error) {
		markFailed(event, error, "parked_at", now());
	}

	private void markFailed(OutboxMessage event, String error, String column, OffsetDateTime time) {
		this.jdbc
			.sql("""
					update outbox set attempts = attempts + 1, last_error = :error, %s = :time where id = :id"""
				.formatted(column))
			.param("error", error)
			.param("time", time)
			.param("id", event.id())
			.update();
	}

	private OffsetDateTime now() {
		return this.clock.instant().atOffset(ZoneOffset.UTC);
	}

}
