package io.microplatform.user.credit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Optional;

import io.microplatform.user.credit.CreditAnswer.Outcome;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The last answer about each order. Those with the outcome RESERVED are the reservations.
 */
@Repository
class CreditAnswerRepository {

	private final JdbcClient jdbc;

	CreditAnswerRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<CreditAnswer> find(long orderId) {
		return this.jdbc.sql("""
				select order_id, user_id, outcome, amount, available, reason, answered_at
				from credit_answer where order_id = :order""")
			.param("order", orderId)
			.query((row, number) -> read(row))
			.optional();
	}

	/** Takes the place of the answer before, if there was one. */
	void keep(CreditAnswer answer) {
		CreditEvent event = answer.event();
		this.jdbc.sql("""
				insert into credit_answer (order_id, user_id, outcome, amount, available, reason, answered_at)
				values (:order, :user, :outcome, :amount, :available, :reason, :at)
				on conflict (order_id) do update set outcome = excluded.outcome, amount = excluded.amount,
					available = excluded.available, reason = excluded.reason, answered_at = excluded.answered_at""")
			.param("order", event.orderId())
			.param("user", event.userId())
			.param("outcome", answer.outcome().name())
			.param("amount", event.amount())
			.param("available", event.available())
			.param("reason", event.reason())
			.param("at", event.at().atOffset(ZoneOffset.UTC))
			.update();
	}

	private static CreditAnswer read(ResultSet row) throws SQLException {
		return new CreditAnswer(Outcome.valueOf(row.getString("outcome")),
				new CreditEvent(row.getLong("order_id"), row.getLong("user_id"), row.getBigDecimal("amount"),
						row.getBigDecimal("available"), row.getString("reason"),
						row.getTimestamp("answered_at").toInstant()));
	}

}
