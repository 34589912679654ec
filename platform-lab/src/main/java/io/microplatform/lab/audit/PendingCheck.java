package io.microplatform.lab.audit;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Check that no order waits for an answer from user-service longer than allowed.
 *
 * @param orders the database of order-service
 * @param bound the maximum waiting time
 */
record PendingCheck(Database orders, Duration bound) implements Check {

	@Override
	public AuditFinding run() throws SQLException {
		List<String> offences = this.orders.list("""
				select id, extract(epoch from now() - updated_at)::bigint from orders
				where ask_again_at is not null and updated_at < now() - ? * interval '1 second' order by id""",
				(row) -> String.format(Locale.ROOT, "order %d: no answer for %d s", row.getLong(1), row.getLong(2)),
				this.bound.toSeconds());
		return new AuditFinding("pending",
				String.format(Locale.ROOT, "no order waits longer than %d s for its outcome", this.bound.toSeconds()),
				waiting(this.orders), "waiting orders", offences);
	}

	/** Returns the number of orders that wait for an answer. */
	static long waiting(Database orders) throws SQLException {
		return orders.count("select count(*) from orders where ask_again_at is not null");
	}

}
