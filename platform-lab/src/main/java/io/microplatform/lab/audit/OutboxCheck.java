package io.microplatform.lab.audit;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Check that no event of a service waits in the outbox longer than allowed, or is parked.
 *
 * @param service the name of the service
 * @param database the database of the service
 * @param bound the maximum age of an unsent event
 */
record OutboxCheck(String service, Database database, Duration bound) implements Check {

	@Override
	public AuditFinding run() throws SQLException {
		List<String> offences = this.database.list(
				"""
						select event_id, type, message_key, extract(epoch from now() - occurred_at)::bigint, parked_at is not null,
							last_error
						from outbox where published_at is null
							and (parked_at is not null or occurred_at < now() - ? * interval '1 second') order by id""",
				(row) -> String.format(Locale.ROOT, "event %s, %s of user %s: %s since %d s%s", row.getString(1),
						row.getString(2), row.getString(3), row.getBoolean(5) ? "parked" : "waiting", row.getLong(4),
						(row.getString(6) != null) ? ", " + row.getString(6) : ""),
				this.bound.toSeconds());
		return new AuditFinding(
				this.service.replace('-', '_') + "_outbox", String.format(Locale.ROOT,
						"no event of %s waits longer than %d s", this.service, this.bound.toSeconds()),
				unsent(this.database), "events to send", offences);
	}

	/** Returns the number of unsent events. */
	static long unsent(Database database) throws SQLException {
		return database.count("select count(*) from outbox where published_at is null");
	}

}
