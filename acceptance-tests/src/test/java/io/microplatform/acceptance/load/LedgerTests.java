package io.microplatform.acceptance.load;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.microplatform.acceptance.client.Order;
import io.microplatform.acceptance.client.Reply;
import io.microplatform.acceptance.client.UnexpectedReplyException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LedgerTests {

	private static final BigDecimal PRICE = new BigDecimal("2.50");

	/** Asked at once, when an answer may still be of before. */
	private final Instant atOnce = Instant.now();

	/** Asked when everybody must know by then. */
	private final Instant later = this.atOnce.plus(Duration.ofHours(1));

	private final Ledger ledger = new Ledger();

	LedgerTests() {
		this.ledger.attempt("tea", PRICE);
		this.ledger.placed(order(7, "PENDING"), "tea", PRICE);
	}

	@Test
	void takesWhatWasOrdered() {
		assertThat(this.ledger.orders()).hasSize(1);
		assertWrong(() -> this.ledger.placed(order(8, "PENDING"), "coffee", PRICE));
		assertWrong(() -> this.ledger.placed(order(8, "PENDING"), "tea", BigDecimal.ONE));
		assertWrong(() -> this.ledger.placed(order(7, "PENDING"), "tea", PRICE));
	}

	@Test
	void anOrderIsDecidedOnce() {
		this.ledger.read(order(7, "PENDING"), 7, this.later);
		this.ledger.read(order(7, "CONFIRMED"), 7, this.later);
		this.ledger.read(order(7, "CONFIRMED"), 7, this.later);
		assertThat(this.ledger.orders().getFirst().status()).isEqualTo("CONFIRMED");
		assertWrong(() -> this.ledger.read(order(7, "REJECTED"), 7, this.later));
		assertWrong(() -> this.ledger.read(order(7, "REJECTED"), 7, this.atOnce));
	}

	@Test
	void whatWasDecidedDoesNotBecomePendingAgain() {
		this.ledger.read(order(7, "CONFIRMED"), 7, this.atOnce);
		this.ledger.read(order(7, "PENDING"), 7, this.atOnce);
		assertThat(this.ledger.orders().getFirst().status()).isEqualTo("CONFIRMED");
		assertWrong(() -> this.ledger.read(order(7, "PENDING"), 7, this.later));
	}

	@Test
	void whatWasOrderedStaysTheSame() {
		assertWrong(() -> this.ledger.read(order(8, "PENDING"), 7, this.atOnce));
		assertWrong(() -> this.ledger.read(order(7, "PENDING", "2.51"), 7, this.atOnce));
	}

	@Test
	void listsHaveWhatWasAcknowledged() {
		this.ledger.listed(list(), this.atOnce);
		this.ledger.listed(list(order(8, "PENDING"), order(7, "PENDING")), this.later);
		this.ledger.listed(list(order(8, "PENDING")), this.later);
		assertWrong(() -> this.ledger.listed(list(), this.later));
		assertWrong(() -> this.ledger.listed(list(order(6, "PENDING")), this.later));
		assertWrong(() -> this.ledger.listed(list(order(7, "PENDING", "9.99")), this.atOnce));
	}

	@Test
	void creditFollowsFromTheOrders() {
		this.ledger.credit(credit("1000.00"), this.later);
		this.ledger.credit(credit("997.50"), this.later);
		assertWrong(() -> this.ledger.credit(credit("997.49"), this.later));
		this.ledger.read(order(7, "CONFIRMED"), 7, this.later);
		this.ledger.credit(credit("1000.00"), this.atOnce);
		this.ledger.credit(credit("997.50"), this.later);
		assertWrong(() -> this.ledger.credit(credit("1000.00"), this.later));
	}

	@Test
	void aReplyMustBeWhatItSays() {
		assertWrong(() -> this.ledger.read(Replies.of(200, "<html>"), 7, this.atOnce));
		assertWrong(() -> this.ledger.credit(Replies.of(200, "{}"), this.atOnce));
	}

	@Test
	void whoCancelsExpectsThat() {
		this.ledger.read(order(7, "CONFIRMED"), 7, this.later);
		assertWrong(() -> this.ledger.read(order(7, "CANCELLED"), 7, this.later));
		this.ledger.attemptToCancel(7);
		this.ledger.cancelled(order(7, "CANCELLED"), 7);
		this.ledger.read(order(7, "CANCELLED"), 7, this.later);
		this.ledger.read(order(7, "CONFIRMED"), 7, this.atOnce);
		assertWrong(() -> this.ledger.cancelled(order(7, "CONFIRMED"), 7));
	}

	@Test
	void settlesWhenEveryOrderIsThereOnce() {
		Settlement settlement = settle("2.50", order(7, "CONFIRMED"));
		assertThat(settlement.contradictions()).isEmpty();
		assertThat(settlement.acknowledged()).isOne();
		assertThat(settlement.outcomes()).containsExactly(Map.entry("CONFIRMED", 1L));
	}

	@Test
	void findsWhatDoesNotSettle() {
		assertThat(settle("0.00").contradictions()).singleElement().asString().contains("7 was acknowledged");
		assertThat(settle("5.00", order(7, "CONFIRMED"), order(8, "CONFIRMED")).contradictions()).singleElement()
			.asString()
			.contains("8 was applied twice");
		assertThat(settle("0.00", order(7, "PENDING")).contradictions()).singleElement()
			.asString()
			.contains("7 has no outcome");
		assertThat(settle("0.00", order(7, "CONFIRMED")).contradictions())
			.containsExactly("0.00 reserved, but 2.50 confirmed");
		this.ledger.attemptToCancel(7);
		this.ledger.cancelled(order(7, "CANCELLED"), 7);
		assertThat(settle("2.50", order(7, "CONFIRMED")).contradictions()).singleElement()
			.asString()
			.contains("7 was cancelled");
	}

	private Settlement settle(String reserved, Reply... orders) {
		return this.ledger.settle(Arrays.stream(orders).map((order) -> order.as(Order.class)).toList(),
				new BigDecimal(reserved));
	}

	private static Reply order(long id, String status) {
		return order(id, status, "2.50");
	}

	private static Reply order(long id, String status, String amount) {
		return Replies.of(200, String.format(Locale.ROOT, """
				{"id": %d, "product": "tea", "amount": %s, "status": "%s", "createdAt": "2026-01-01T00:00:00Z",
				 "updatedAt": "2026-01-01T00:00:00Z"}""", id, amount, status));
	}

	private static Reply list(Reply... orders) {
		String items = Arrays.stream(orders).map(Reply::body).collect(Collectors.joining(","));
		return Replies.of(200, "{\"items\":[%s],\"nextCursor\":null}".formatted(items));
	}

	private static Reply credit(String available) {
		return Replies.of(200, """
				{"id": 3, "name": "Ann", "email": "ann@example.org", "creditLimit": 1000.00,
				 "creditAvailable": %s}""".formatted(available));
	}

	private static void assertWrong(ThrowingCallable judgement) {
		assertThatExceptionOfType(UnexpectedReplyException.class).isThrownBy(judgement);
	}

}
