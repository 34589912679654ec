package io.microplatform.lab.load;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.OrdersPage;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.client.Reply;
import org.jspecify.annotations.Nullable;

/**
 * A simulated user that places, reads and cancels orders, and verifies every response
 * against {@link ExpectedOrders}. The account must not be used by anything else.
 * Thread-safe.
 */
public final class SimulatedUser {

	private static final String PRODUCT = "tea";

	private static final int CREATED = 201;

	private static final int OK = 200;

	private final PlatformClient client;

	private final ExpectedOrders expectedOrders = new ExpectedOrders();

	/**
	 * Creates a user without orders.
	 * @param client a client that sends the user's token
	 */
	public SimulatedUser(PlatformClient client) {
		this.client = client;
	}

	/**
	 * Returns a call that places an order.
	 * @param amount the price
	 * @return the call
	 */
	public LoadCall placeOrder(BigDecimal amount) {
		return new LoadCall("place order", () -> {
			String key = UUID.randomUUID().toString();
			String product = PRODUCT + " " + key;
			this.expectedOrders.recordAttempt(product, amount);
			Reply reply = this.client.placeOrder(product, amount, key);
			if (reply.status() == CREATED) {
				this.expectedOrders.verifyPlaced(reply, product, amount);
			}
			return reply;
		});
	}

	/**
	 * Returns a call that cancels an acknowledged order, or lists the orders if there is
	 * none.
	 * @param random selects the order
	 * @return the call
	 */
	public LoadCall cancelOrder(RandomGenerator random) {
		return this.expectedOrders.anyId(random).map(this::cancelOrder).orElseGet(this::listOrders);
	}

	private LoadCall cancelOrder(long id) {
		return new LoadCall("cancel order", () -> {
			this.expectedOrders.recordCancellationAttempt(id);
			Reply reply = this.client.cancelOrder(id, UUID.randomUUID().toString());
			if (reply.status() == OK) {
				this.expectedOrders.verifyCancelled(reply, id);
			}
			return reply;
		});
	}

	/**
	 * Returns a call that reads an acknowledged order, or lists the orders if there is
	 * none.
	 * @param random selects the order
	 * @return the call
	 */
	public LoadCall readOrder(RandomGenerator random) {
		return this.expectedOrders.anyId(random).map(this::readOrder).orElseGet(this::listOrders);
	}

	private LoadCall readOrder(long id) {
		return new LoadCall("read order", () -> {
			Instant sent = Instant.now();
			Reply reply = this.client.order(id);
			if (reply.status() == OK) {
				this.expectedOrders.verifyRead(reply, id, sent);
			}
			return reply;
		});
	}

	/**
	 * Returns a call that lists the newest orders.
	 * @return the call
	 */
	public LoadCall listOrders() {
		return new LoadCall("list orders", () -> {
			Instant sent = Instant.now();
			Reply reply = this.client.orders("");
			if (reply.status() == OK) {
				this.expectedOrders.verifyList(reply, sent);
			}
			return reply;
		});
	}

	/**
	 * Returns a call that reads the available credit.
	 * @return the call
	 */
	public LoadCall readCredit() {
		return new LoadCall("read credit", () -> {
			Instant sent = Instant.now();
			Reply reply = this.client.me();
			if (reply.status() == OK) {
				this.expectedOrders.verifyCredit(reply, sent);
			}
			return reply;
		});
	}

	/**
	 * Compares the responses with the final state of the orders. No order of this user
	 * may be in progress.
	 * @return the differences
	 */
	public OrderReconciliation reconcile() {
		List<Order> all = new ArrayList<>();
		@Nullable String cursor = "";
		while (cursor != null) {
			String query = cursor.isEmpty() ? "limit=100" : "limit=100&cursor=" + cursor;
			OrdersPage page = this.client.orders(query).expect(OK).as(OrdersPage.class);
			all.addAll(page.items());
			cursor = page.nextCursor();
		}
		return this.expectedOrders.reconcile(all, ExpectedOrders.reserved(this.client.me().expect(OK)));
	}

	/**
	 * Returns the acknowledged orders.
	 * @return the orders in the last known state
	 */
	public List<Order> orders() {
		return this.expectedOrders.orders();
	}

	/**
	 * Returns the client for requests that are not part of the load.
	 * @return a client that sends the user's token
	 */
	public PlatformClient client() {
		return this.client;
	}

}
