package io.microplatform.acceptance.audit;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * No order waits for its outcome longer than it may.
 *
 * @param orders the database of order-service
 * @param bound how long it may
 */
record PendingCheck(Database orders, Duration bound) implements Check {

	@Override
	public Finding look() throws SQLException {
		List<String> offences = this.orders.list("""
				select id, extract(epoch from now() - updated_at)::bigint from orders
				where ask_again_at is not null and updated_at < now() - ? * interval '1 second' order by id""",
				(row) -> String.format(Locale.ROOT, "order %d: no answer for %d s", row.getLong(1), row.getLong(2)),
				this.bound.toSeconds());
		return new Finding(
				String.format(Locale.ROOT, "no order waits longer than %d s for its outcome", this.bound.toSeconds()),
				waiting(this.orders), "waiting orders", offences);
	}

	/** How many orders wait for an answer. */
	static long waiting(Database orders) throws SQLException {
		return orders.count("select count(*) from orders where ask_again_at is not null");
	}

}
