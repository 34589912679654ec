package io.microplatform.user.credit;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.Optional;

import io.microplatform.starter.event.Outbox;
import io.microplatform.user.account.UserService;
import io.microplatform.user.credit.CreditAnswer.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reserves credit for orders, and gives it back. After every transaction, for every user:
 * limit = available + sum of reservations.
 * <p>
 * Every order event is answered, and the answer is stored: a repeated event gets the same
 * answer. A cancelled order's amount stays released even if the order's creation arrives
 * later. The user's row is locked until the transaction ends, so that concurrent orders
 * never overdraw, and of two events of an order at once the second one sees the answer to
 * the first.
 */
@Service
class CreditService {

	private static final Logger log = LoggerFactory.getLogger(CreditService.class);

	private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(2);

	private final JdbcClient jdbc;

	private final CreditAnswerRepository answers;

	private final UserService userService;

	private final Outbox outbox;

	private final Clock clock;

	CreditService(JdbcClient jdbc, CreditAnswerRepository answers, UserService userService, Outbox outbox,
			Clock clock) {
		this.jdbc = jdbc;
		this.answers = answers;
		this.userService = userService;
		this.outbox = outbox;
		this.clock = clock;
	}

	/**
	 * Reserves the order's amount, or refuses it when less is available or the account is
	 * not active; the order's first event decides.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	void reserve(OrderEvent order) {
		Optional<LockedAccount> account = lock(order.userId());
		this.answers.find(order.orderId()).ifPresentOrElse(this::tell, () -> {
			CreditAnswer answer = decide(order, account);
			if (answer.is(Outcome.RESERVED)) {
				setAvailable(order.userId(), answer.event().available());
			}
			answer(answer);
		});
	}

	/**
	 * Gives back what is reserved for the order, whatever has become of the account
	 * meanwhile.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	void release(OrderEvent order) {
		BigDecimal available = lock(order.userId()).map(LockedAccount::available).orElse(NOTHING);
		Optional<CreditAnswer> last = this.answers.find(order.orderId());
		if (last.filter((answer) -> answer.is(Outcome.RELEASED)).isPresent()) {
			tell(last.get());
			return;
		}
		BigDecimal reserved = last.filter((answer) -> answer.is(Outcome.RESERVED))
			.map((answer) -> answer.event().amount())
			.orElse(NOTHING);
		if (reserved.signum() > 0) {
			setAvailable(order.userId(), available.add(reserved));
		}
		answer(CreditAnswer.of(Outcome.RELEASED, order, reserved, available.add(reserved), null, this.clock.instant()));
	}

	private CreditAnswer decide(OrderEvent order, Optional<LockedAccount> account) {
		if (account.isEmpty()) {
			return refuse(order, NOTHING, "There is no such user.");
		}
		BigDecimal available = account.get().available();
		if (!account.get().isActive()) {
			return refuse(order, available, "The account is not active.");
		}
		if (available.compareTo(order.amount()) < 0) {
			return refuse(order, available,
					"Insufficient credit: %s wanted, %s available.".formatted(order.amount(), available));
		}
		return CreditAnswer.of(Outcome.RESERVED, order, order.amount(), available.subtract(order.amount()), null,
				this.clock.instant());
	}

	private CreditAnswer refuse(OrderEvent order, BigDecimal available, String reason) {
		return CreditAnswer.of(Outcome.REFUSED, order, order.amount(), available, reason, this.clock.instant());
	}

	private Optional<LockedAccount> lock(long userId) {
		return this.jdbc.sql("select credit_available, status = 'ACTIVE' from users where id = :id for update")
			.param("id", userId)
			.query((row, number) -> new LockedAccount(row.getBigDecimal(1), row.getBoolean(2)))
			.optional();
	}

	private void setAvailable(long userId, BigDecimal available) {
		this.jdbc.sql("update users set credit_available = :available, version = version + 1 where id = :id")
			.param("available", available)
			.param("id", userId)
			.update();
		this.userService.changed(userId);
	}

	private void answer(CreditAnswer answer) {
		this.answers.keep(answer);
		tell(answer);
	}

	private void tell(CreditAnswer answer) {
		CreditEvent event = answer.event();
		log.info("{} for order {} of user {}: {}, {} available", answer.outcome().eventType(), event.orderId(),
				event.userId(), event.amount(), event.available());
		this.outbox.append(CreditEvent.TOPIC, event.userId(), answer.outcome().eventType(), event);
	}

	private record LockedAccount(BigDecimal available, boolean isActive) {
	}

}
