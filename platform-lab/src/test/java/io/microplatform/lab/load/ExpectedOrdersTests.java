package io.microplatform.lab.load;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.Reply;
import io.microplatform.lab.client.UnexpectedReplyException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ExpectedOrdersTests {

	private static final BigDecimal PRICE = new BigDecimal("2.50");

	/** Time of a request that may see an earlier state. */
	private final Instant immediately = Instant.now();

	/** Time of a request that must see the current state. */
	private final Instant later = this.immediately.plus(Duration.ofHours(1));

	private final ExpectedOrders expectedOrders = new ExpectedOrders();

	ExpectedOrdersTests() {
		this.expectedOrders.recordAttempt("tea", PRICE);
		this.expectedOrders.verifyPlaced(order(7, "PENDING"), "tea", PRICE);
	}

	@Test
	void acceptsTheOrderAsPlaced() {
		assertThat(this.expectedOrders.orders()).hasSize(1);
		assertWrong(() -> this.expectedOrders.verifyPlaced(order(8, "PENDING"), "coffee", PRICE));
		assertWrong(() -> this.expectedOrders.verifyPlaced(order(8, "PENDING"), "tea", BigDecimal.ONE));
		assertWrong(() -> this.expectedOrders.verifyPlaced(order(7, "PENDING"), "tea", PRICE));
	}

	@Test
	void anOrderHasOneOutcome() {
		this.expectedOrders.verifyRead(order(7, "PENDING"), 7, this.later);
		this.expectedOrders.verifyRead(order(7, "CONFIRMED"), 7, this.later);
		this.expectedOrders.verifyRead(order(7, "CONFIRMED"), 7, this.later);
		assertThat(this.expectedOrders.orders().getFirst().status()).isEqualTo("CONFIRMED");
		assertWrong(() -> this.expectedOrders.verifyRead(order(7, "REJECTED"), 7, this.later));
		assertWrong(() -> this.expectedOrders.verifyRead(order(7, "REJECTED"), 7, this.immediately));
	}

	@Test
	void aDecidedOrderDoesNotBecomePending() {
		this.expectedOrders.verifyRead(order(7, "CONFIRMED"), 7, this.immediately);
		this.expectedOrders.verifyRead(order(7, "PENDING"), 7, this.immediately);
		assertThat(this.expectedOrders.orders().getFirst().status()).isEqualTo("CONFIRMED");
		assertWrong(() -> this.expectedOrders.verifyRead(order(7, "PENDING"), 7, this.later));
	}

	@Test
	void idAndAmountDoNotChange() {
		assertWrong(() -> this.expectedOrders.verifyRead(order(8, "PENDING"), 7, this.immediately));
		assertWrong(() -> this.expectedOrders.verifyRead(order(7, "PENDING", "2.51"), 7, this.immediately));
	}

	@Test
	void listsContainAcknowledgedOrders() {
		this.expectedOrders.verifyList(list(), this.immediately);
		this.expectedOrders.verifyList(list(order(8, "PENDING"), order(7, "PENDING")), this.later);
		this.expectedOrders.verifyList(list(order(8, "PENDING")), this.later);
		assertWrong(() -> this.expectedOrders.verifyList(list(), this.later));
		assertWrong(() -> this.expectedOrders.verifyList(list(order(6, "PENDING")), this.later));
		assertWrong(() -> this.expectedOrders.verifyList(list(order(7, "PENDING", "9.99")), this.immediately));
	}

	@Test
	void creditMatchesTheOrders() {
		this.expectedOrders.verifyCredit(credit("1000.00"), this.later);
		this.expectedOrders.verifyCredit(credit("997.50"), this.later);
		assertWrong(() -> this.expectedOrders.verifyCredit(credit("997.49"), this.later));
		this.expectedOrders.verifyRead(order(7, "CONFIRMED"), 7, this.later);
		this.expectedOrders.verifyCredit(credit("1000.00"), this.immediately);
		this.expectedOrders.verifyCredit(credit("997.50"), this.later);
		assertWrong(() -> this.expectedOrders.verifyCredit(credit("1000.00"), this.later));
	}

	@Test
	void rejectsMalformedResponses() {
		assertWrong(() -> this.expectedOrders.verifyRead(Replies.of(200, "<html>"), 7, this.immediately));
		assertWrong(() -> this.expectedOrders.verifyCredit(Replies.of(200, "{}"), this.immediately));
	}

	@Test
	void onlyACancellationChangesAConfirmedOrder() {
		this.expectedOrders.verifyRead(order(7, "CONFIRMED"), 7, this.later);
		assertWrong(() -> this.expectedOrders.verifyRead(order(7, "CANCELLED"), 7, this.later));
		this.expectedOrders.recordCancellationAttempt(7);
		this.expectedOrders.verifyCancelled(order(7, "CANCELLED"), 7);
		this.expectedOrders.verifyRead(order(7, "CANCELLED"), 7, this.later);
		this.expectedOrders.verifyRead(order(7, "CONFIRMED"), 7, this.immediately);
		assertWrong(() -> this.expectedOrders.verifyCancelled(order(7, "CONFIRMED"), 7));
	}

	@Test
	void reconcilesWhenEveryOrderExistsOnce() {
		OrderReconciliation reconciliation = reconcile("2.50", order(7, "CONFIRMED"));
		assertThat(reconciliation.discrepancies()).isEmpty();
		assertThat(reconciliation.acknowledged()).isOne();
		assertThat(reconciliation.outcomes()).containsExactly(Map.entry("CONFIRMED", 1L));
	}

	@Test
	void reportsDiscrepancies() {
		assertThat(reconcile("0.00").discrepancies()).singleElement().asString().contains("7 was acknowledged");
		assertThat(reconcile("5.00", order(7, "CONFIRMED"), order(8, "CONFIRMED")).discrepancies()).singleElement()
			.asString()
			.contains("8 was applied twice");
		assertThat(reconcile("0.00", order(7, "PENDING")).discrepancies()).singleElement()
			.asString()
			.contains("7 has no outcome");
		assertThat(reconcile("0.00", order(7, "CONFIRMED")).discrepancies())
			.containsExactly("0.00 reserved, but 2.50 confirmed");
		this.expectedOrders.recordCancellationAttempt(7);
		this.expectedOrders.verifyCancelled(order(7, "CANCELLED"), 7);
		assertThat(reconcile("2.50", order(7, "CONFIRMED")).discrepancies()).singleElement()
			.asString()
			.contains("7 was cancelled");
	}

	private OrderReconciliation reconcile(String reserved, Reply... orders) {
		return this.expectedOrders.reconcile(Arrays.stream(orders).map((order) -> order.as(Order.class)).toList(),
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

	private static void assertWrong(ThrowingCallable verification) {
		assertThatExceptionOfType(UnexpectedReplyException.class).isThrownBy(verification);
	}

}
