package io.microplatform.starter.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The events in the outbox that are not published.
 *
 * @param events how many events, at most {@link #COUNTED}
 * @param parked how many of all of them are parked
 * @param oldest since when the oldest that is not parked waits
 */
record OutboxBacklog(long events, long parked, @Nullable Instant oldest) {

	/** Above this the events are not counted to their end, which would cost too much. */
	static final int COUNTED = 100_000;

	static OutboxBacklog in(JdbcClient jdbc) {
		return jdbc.sql("""
				select
				(select count(*) from (select from outbox where published_at is null limit :counted) waiting),
				(select count(*) from outbox where attempts > 0 and published_at is null and parked_at is not null),
				(select occurred_at from outbox where published_at is null and parked_at is null order by id limit 1)
				""").param("counted", COUNTED).query((row, number) -> {
			@Nullable OffsetDateTime oldest = row.getObject(3, OffsetDateTime.class);
			return new OutboxBacklog(row.getLong(1), row.getLong(2), (oldest != null) ? oldest.toInstant() : null);
		}).single();
	}

	/** In seconds; 0 when nothing waits. */
	double age(Clock clock) {
		return (this.oldest != null) ? Duration.between(this.oldest, clock.instant()).toMillis() / 1000.0 : 0;
	}

}
