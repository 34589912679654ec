package io.microplatform.acceptance.bench;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.microplatform.acceptance.client.Order;
import io.microplatform.acceptance.client.Reply;
import io.microplatform.acceptance.load.Call;
import io.microplatform.acceptance.load.Latencies;
import io.microplatform.acceptance.load.Shopper;
import io.microplatform.acceptance.load.Workload;
import io.microplatform.local.process.Await;

/**
 * Buyers, in turn, who place an order and look at it until it is confirmed, and how long
 * both takes.
 */
final class ConfirmedOrders implements Workload {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

	private final List<Shopper> shoppers;

	private final BigDecimal amount;

	private final Queue<Duration> accepted = new ConcurrentLinkedQueue<>();

	private final Queue<Duration> confirmed = new ConcurrentLinkedQueue<>();

	private int next;

	ConfirmedOrders(List<Shopper> shoppers, BigDecimal amount) {
		this.shoppers = shoppers;
		this.amount = amount;
	}

	@Override
	public Call next() {
		Shopper shopper = this.shoppers.get(this.next++ % this.shoppers.size());
		return new Call("order", () -> order(shopper));
	}

	private Reply order(Shopper shopper) {
		long sent = System.nanoTime();
		Reply placed = shopper.order(this.amount).exchange().get().expect(201);
		long accepted = System.nanoTime();
		long id = placed.as(Order.class).id();
		boolean isConfirmed = Await.until(PATIENCE, BETWEEN_LOOKS,
				() -> shopper.client().order(id).expect(200).as(Order.class).status().equals("CONFIRMED"));
		placed.expect("order %d to be confirmed within %s".formatted(id, PATIENCE), isConfirmed);
		this.accepted.add(Duration.ofNanos(accepted - sent));
		this.confirmed.add(Duration.ofNanos(System.nanoTime() - accepted));
		return placed;
	}

	OrderTimes times() {
		return new OrderTimes(Latencies.of(this.accepted), Latencies.of(this.confirmed));
	}

}
