package io.microplatform.acceptance.load;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

import io.microplatform.acceptance.client.Order;
import io.microplatform.acceptance.client.OrdersPage;
import io.microplatform.acceptance.client.PlatformClient;
import io.microplatform.acceptance.client.Reply;
import org.jspecify.annotations.Nullable;

/**
 * A user who places orders and looks at them, and notices when the platform says
 * something that cannot be. Nobody else may place orders as this user. Thread-safe.
 */
public final class Shopper {

	private static final String PRODUCT = "tea";

	private static final int CREATED = 201;

	private static final int OK = 200;

	private final PlatformClient client;

	private final Ledger ledger = new Ledger();

	/**
	 * A user who has not ordered anything yet.
	 * @param client a client with the user's token
	 */
	public Shopper(PlatformClient client) {
		this.client = client;
	}

	/**
	 * Places an order.
	 * @param amount what it costs
	 * @return the call
	 */
	public Call order(BigDecimal amount) {
		return new Call("place order", () -> {
			String key = UUID.randomUUID().toString();
			String product = PRODUCT + " " + key;
			this.ledger.attempt(product, amount);
			Reply reply = this.client.placeOrder(product, amount, key);
			if (reply.status() == CREATED) {
				this.ledger.placed(reply, product, amount);
			}
			return reply;
		});
	}

	/**
	 * Cancels one of the orders that were acknowledged, or reads the list when there is
	 * none yet.
	 * @param random chooses
	 * @return the call
	 */
	public Call cancelOrder(RandomGenerator random) {
		return this.ledger.any(random).map(this::cancelOrder).orElseGet(this::listOrders);
	}

	private Call cancelOrder(long id) {
		return new Call("cancel order", () -> {
			this.ledger.attemptToCancel(id);
			Reply reply = this.client.cancelOrder(id, UUID.randomUUID().toString());
			if (reply.status() == OK) {
				this.ledger.cancelled(reply, id);
			}
			return reply;
		});
	}

	/**
	 * Reads one of the orders that were acknowledged, or the list when there is none yet.
	 * @param random chooses
	 * @return the call
	 */
	public Call readOrder(RandomGenerator random) {
		return this.ledger.any(random).map(this::readOrder).orElseGet(this::listOrders);
	}

	private Call readOrder(long id) {
		return new Call("read order", () -> {
			Instant sent = Instant.now();
			Reply reply = this.client.order(id);
			if (reply.status() == OK) {
				this.ledger.read(reply, id, sent);
			}
			return reply;
		});
	}

	/**
	 * Lists the newest orders.
	 * @return the call
	 */
	public Call listOrders() {
		return new Call("list orders", () -> {
			Instant sent = Instant.now();
			Reply reply = this.client.orders("");
			if (reply.status() == OK) {
				this.ledger.listed(reply, sent);
			}
			return reply;
		});
	}

	/**
	 * Reads how much credit is left.
	 * @return the call
	 */
	public Call readCredit() {
		return new Call("read credit", () -> {
			Instant sent = Instant.now();
			Reply reply = this.client.me();
			if (reply.status() == OK) {
				this.ledger.credit(reply, sent);
			}
			return reply;
		});
	}

	/**
	 * Holds what this user was told against what there is; nothing of theirs may be on
	 * its way any more.
	 * @return what was found
	 */
	public Settlement settle() {
		List<Order> all = new ArrayList<>();
		@Nullable String cursor = "";
		while (cursor != null) {
			String query = cursor.isEmpty() ? "limit=100" : "limit=100&cursor=" + cursor;
			OrdersPage page = this.client.orders(query).expect(OK).as(OrdersPage.class);
			all.addAll(page.items());
			cursor = page.nextCursor();
		}
		return this.ledger.settle(all, Ledger.reserved(this.client.me().expect(OK)));
	}

	/**
	 * Every order that was acknowledged.
	 * @return the orders, as they were seen last
	 */
	public List<Order> orders() {
		return this.ledger.orders();
	}

	/**
	 * For what the load does not do.
	 * @return a client with the user's token
	 */
	public PlatformClient client() {
		return this.client;
	}

}
