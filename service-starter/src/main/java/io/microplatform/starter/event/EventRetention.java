package io.microplatform.starter.event;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

import io.microplatform.instance.configuration.Live;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes published events and the memory of applied ones when they are old, a few rows
 * at a time. Any number of instances may do so together: none waits for a row that
 * another has.
 */
final class EventRetention {

	private static final Logger log = LoggerFactory.getLogger(EventRetention.class);

	/** Rows in one transaction: milliseconds, in which nobody has to wait. */
	private static final int ROWS = 1000;

	private final JdbcClient jdbc;

	private final Clock clock;

	private final Live<OutboxProperties> outbox;

	private final Live<InboxProperties> inbox;

	EventRetention(JdbcClient jdbc, Clock clock, Live<OutboxProperties> outbox, Live<InboxProperties> inbox) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.outbox = outbox;
		this.inbox = inbox;
	}

	/** Never fails: what could not be deleted is deleted the next time. */
	void clean() {
		try {
			delete("outbox", "published_at", this.outbox.get().retention());
			delete("inbox", "processed_at", this.inbox.get().retention());
		}
		catch (RuntimeException ex) {
			log.warn("Old events could not be deleted; tried again later: {}", ex.toString());
		}
	}

	private void delete(String table, String time, Duration retention) {
		// A row's place in the file names it here: it is locked until it is deleted.
		String sql = """
				delete from %1$s where ctid = any(array(
					select ctid from %1$s where %2$s < :before order by %2$s limit :rows for update skip locked))"""
			.formatted(table, time);
		int deleted;
		do {
			deleted = this.jdbc.sql(sql)
				.param("before", this.clock.instant().minus(retention).atOffset(ZoneOffset.UTC))
				.param("rows", ROWS)
				.update();
		}
		while (deleted == ROWS);
	}

}
