package io.microplatform.acceptance.order;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.Reply;
import io.microplatform.lab.client.User;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@AcceptanceTest
class PlaceOrderTests {

	private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z";

	private static final BigDecimal CENT = new BigDecimal("0.01");

	private final TargetPlatform platform;

	private final ClientAccount ann;

	PlaceOrderTests(TargetPlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
	}

	@Test
	void returnsThePendingOrderAndItsLocation() {
		Reply reply = this.ann.client().placeOrder("tea", new BigDecimal("12.50"));
		assertThat(reply).isJson(201).hasExactlyMembers(Orders.MEMBERS).hasText("\"amount\":12.50");
		assertThat(reply.json().path("createdAt").asString()).matches(INSTANT);
		assertThat(reply.json().path("updatedAt").asString()).matches(INSTANT);
		Order order = reply.as(Order.class);
		assertThat(order.product()).isEqualTo("tea");
		assertThat(order.amount()).isEqualTo("12.50");
		assertThat(order.status()).isEqualTo("PENDING");
		assertThat(order.createdAt()).isCloseTo(Instant.now(), within(30, SECONDS)).isEqualTo(order.updatedAt());
		assertThat(reply.header("Location")).contains("/orders/" + order.id());
	}

	@Test
	void isConfirmedAndReservesCredit() {
		ClientAccount bob = this.platform.signUp("Bob");
		Order placed = Orders.place(bob, "249.90");
		Order confirmed = Orders.decided(bob, placed);
		assertThat(confirmed).isEqualTo(new Order(placed.id(), placed.product(), placed.amount(), "CONFIRMED", null,
				placed.createdAt(), confirmed.updatedAt()));
		assertThat(Duration.between(placed.createdAt(), confirmed.updatedAt())).isPositive();
		assertThat(bob.client().me()).hasText("\"creditLimit\":1000.00").hasText("\"creditAvailable\":750.10");
		assertThat(bob.client().order(placed.id())).isJson(200).hasExactlyMembers(Orders.MEMBERS);
	}

	@Test
	void isRejectedWithAReasonAboveTheAvailableCredit() {
		ClientAccount bob = this.platform.signUp("Bob");
		Order first = Orders.decided(bob, Orders.place(bob, "600.00"));
		Order beyond = Orders.decided(bob, Orders.place(bob, "400.01"));
		Order last = Orders.decided(bob, Orders.place(bob, "400.00"));
		assertThat(first.status()).isEqualTo("CONFIRMED");
		assertThat(beyond.status()).isEqualTo("REJECTED");
		assertThat(beyond.reason()).isNotBlank();
		assertThat(last.status()).as("exactly the rest of the credit").isEqualTo("CONFIRMED");
		assertThat(bob.client().order(beyond.id())).isJson(200)
			.hasExactlyMembers("id", "product", "amount", "status", "reason", "createdAt", "updatedAt");
		User user = bob.client().me().expect(200).as(User.class);
		assertThat(user.creditAvailable()).isEqualTo("0.00");
	}

	@Test
	void acceptsTheMaximumAmountButNotACentMore() {
		BigDecimal maximum = new BigDecimal("10000.00");
		assertThat(Orders.decided(this.ann, Orders.place(this.ann, maximum.toString())).status()).isEqualTo("REJECTED");
		assertThat(this.ann.client().placeOrder("yacht", maximum.add(CENT))).isProblem(422).namesField("amount");
	}

	@ParameterizedTest
	@CsvSource({ "0.01, 0.01", "1, 1.00", "1.5, 1.50", "1e1, 10.00", "1E-2, 0.01", "2.50e0, 2.50" })
	void acceptsAnyDecimalAndReturnsTwoDigits(String sent, String shown) {
		Reply reply = this.ann.client().post("/orders", Orders.GOOD.with("amount", sent).toString());
		assertThat(reply).isJson(201).hasText("\"amount\":" + shown + ",");
		assertThat(this.ann.client().order(reply.as(Order.class).id())).hasText("\"amount\":" + shown + ",");
	}

	@ParameterizedTest
	@ValueSource(strings = { "t", "Ågren's \\\"best\\\" ☕ — 100 %", "'); drop table orders;--",
			"1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890" })
	void keepsTheProductUnchanged(String product) {
		Reply reply = this.ann.client().post("/orders", Orders.GOOD.withText("product", product).toString());
		assertThat(reply).isJson(201).hasText("\"product\":\"" + product + "\"");
	}

	@Test
	void ignoresFieldsThatTheClientMayNotSet() {
		Reply reply = this.ann.client()
			.post("/orders",
					Orders.GOOD.with("id", "1")
						.withText("status", "CONFIRMED")
						.withText("createdAt", "2000-01-01T00:00:00Z")
						.toString());
		assertThat(reply).isJson(201);
		Order order = reply.as(Order.class);
		assertThat(order.status()).isEqualTo("PENDING");
		assertThat(order.createdAt()).isCloseTo(Instant.now(), within(30, SECONDS));
		assertThat(Objects.requireNonNull(order).id()).isNotEqualTo(1L);
	}

}
