package io.microplatform.lab.audit;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * Check that for every user the credit limit equals the available credit plus the sum of
 * the reservations. This holds after every transaction, so that a single query suffices.
 *
 * @param users the database of user-service
 */
record CreditCheck(Database users) implements Check {

	@Override
	public AuditFinding run() throws SQLException {
		List<String> offences = this.users.list("""
				select u.id, credit_limit, credit_available, coalesce(reserved, 0)
				from users u left join (
					select user_id, sum(amount) as reserved from reservation group by user_id
				) r on r.user_id = u.id
				where credit_limit <> credit_available + coalesce(reserved, 0) order by u.id""",
				(row) -> String.format(Locale.ROOT, "user %d: limit %s, available %s, reserved %s", row.getLong(1),
						row.getBigDecimal(2), row.getBigDecimal(3), row.getBigDecimal(4)));
		return new AuditFinding("credit", "credit limit = available + reserved, for every user",
				this.users.count("select count(*) from users"), "users", offences);
	}

}
