package io.microplatform.user.credit;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;

import io.microplatform.starter.event.Outbox;
import io.microplatform.user.account.Accounts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reserves credit for orders. After every transaction, for every user: limit = available
 * + sum of reservations.
 */
@Service
class Credit {

	private static final Logger log = LoggerFactory.getLogger(Credit.class);

	private final JdbcClient jdbc;

	private final Accounts accounts;

	private final Outbox outbox;

	private final Clock clock;

	Credit(JdbcClient jdbc, Accounts accounts, Outbox outbox, Clock clock) {
		this.jdbc = jdbc;
		this.accounts = accounts;
		this.outbox = outbox;
		this.clock = clock;
	}

	/**
	 * Reserves the order's amount, or refuses it when less is available or the account is
	 * not active. The user's row stays locked until the transaction ends, so that
	 * concurrent orders never overdraw.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	void reserve(OrderEvent order) {
		Optional<Account> account = lock(order.userId());
		if (account.isEmpty()) {
			answer(CreditEvent.REFUSED, order, BigDecimal.ZERO.setScale(2), "There is no such user.");
			return;
		}
		BigDecimal available = account.get().available();
		if (!account.get().isActive()) {
			answer(CreditEvent.REFUSED, order, available, "The account is not active.");
			return;
		}
		BigDecimal left = available.subtract(order.amount());
		if (left.signum() < 0) {
			answer(CreditEvent.REFUSED, order, available,
					"Insufficient credit: %s wanted, %s available.".formatted(order.amount(), available));
			return;
		}
		this.jdbc.sql("update users set credit_available = :left, version = version + 1 where id = :id")
			.param("left", left)
			.param("id", order.userId())
			.update();
		this.jdbc.sql("""
				insert into reservation (order_id, user_id, amount, reserved_at)
				values (:order, :user, :amount, :now)""")
			.param("order", order.orderId())
			.param("user", order.userId())
			.param("amount", order.amount())
			.param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
			.update();
		this.accounts.changed(order.userId());
		answer(CreditEvent.RESERVED, order, left, null);
	}

	private Optional<Account> lock(long userId) {
		return this.jdbc.sql("select credit_available, status = 'ACTIVE' from users where id = :id for update")
			.param("id", userId)
			.query((row, number) -> new Account(row.getBigDecimal(1), row.getBoolean(2)))
			.optional();
	}

	private void answer(String type, OrderEvent order, BigDecimal available, @Nullable String reason) {
		log.info("{} for order {} of user {}: {} wanted, {} left", type, order.orderId(), order.userId(),
				order.amount(), available);
		this.outbox.append(CreditEvent.TOPIC, order.userId(), type, new CreditEvent(order.orderId(), order.userId(),
				order.amount(), available, reason, this.clock.instant()));
	}

	private record Account(BigDecimal available, boolean isActive) {
	}

}
