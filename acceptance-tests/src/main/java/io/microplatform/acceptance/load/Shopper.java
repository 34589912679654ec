package io.microplatform.acceptance.load;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

import io.microplatform.acceptance.client.Order;
import io.microplatform.acceptance.client.PlatformClient;
import io.microplatform.acceptance.client.Reply;

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
			this.ledger.attempt(amount);
			Reply reply = this.client.placeOrder(PRODUCT, amount);
			if (reply.status() == CREATED) {
				this.ledger.placed(reply, PRODUCT, amount);
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
