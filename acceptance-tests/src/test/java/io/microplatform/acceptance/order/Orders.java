package io.microplatform.acceptance.order;

import java.math.BigDecimal;
import java.time.Duration;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Order;
import io.microplatform.acceptance.fixture.JsonBody;

import static org.awaitility.Awaitility.await;

/**
 * Test data and operations for orders.
 */
final class Orders {

	static final JsonBody GOOD = JsonBody.empty().withText("product", "tea").with("amount", "0.01");

	/** The members of an order that was not rejected. */
	static final String[] MEMBERS = { "id", "product", "amount", "status", "createdAt", "updatedAt" };

	private static final Duration DECISION_TIMEOUT = Duration.ofSeconds(15);

	private static final Duration INTERVAL = Duration.ofMillis(50);

	private Orders() {
	}

	static Order place(ClientAccount account, String amount) {
		return account.client().placeOrder("tea", new BigDecimal(amount)).expect(201).as(Order.class);
	}

	static Order decided(ClientAccount account, Order placed) {
		return await().atMost(DECISION_TIMEOUT)
			.pollDelay(Duration.ZERO)
			.pollInterval(INTERVAL)
			.until(() -> account.client().order(placed.id()).expect(200).as(Order.class),
					(order) -> !order.status().equals("PENDING"));
	}

}
