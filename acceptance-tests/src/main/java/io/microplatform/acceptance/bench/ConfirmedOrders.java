package io.microplatform.acceptance.bench;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

import io.microplatform.acceptance.client.Order;
import io.microplatform.acceptance.client.Reply;
import io.microplatform.acceptance.load.Call;
import io.microplatform.acceptance.load.Latencies;
import io.microplatform.acceptance.load.Shopper;
import io.microplatform.acceptance.load.Workload;

/**
 * Buyers, in turn, who place an order, and how long it takes until it is accepted. One in
 * ten looks at the order until it is confirmed; if all did, it would be their looking
 * that is measured.
 */
final class ConfirmedOrders implements Workload {

	private static final int ONE_IN = 10;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

	private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

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
		Shopper shopper = this.shoppers.get(this.next % this.shoppers.size());
		boolean looks = this.next % ONE_IN == 0;
		this.next++;
		return new Call("order", () -> order(shopper, looks));
	}

	private Reply order(Shopper shopper, boolean looks) {
		long sent = System.nanoTime();
		Reply placed = shopper.order(this.amount).exchange().get().expect(201);
		long accepted = System.nanoTime();
		this.accepted.add(Duration.ofNanos(accepted - sent));
		if (looks) {
			lookUntilConfirmed(shopper, placed.as(Order.class).id());
			this.confirmed.add(Duration.ofNanos(System.nanoTime() - accepted));
		}
		return placed;
	}

	/**
	 * With pauses that grow by a half, so that buyers do not make a platform that is slow
	 * slower still; the time comes out too long by half of itself at most.
	 */
	private static void lookUntilConfirmed(Shopper shopper, long id) {
		long begin = System.nanoTime();
		Duration pause = FIRST_PAUSE;
		Reply seen = shopper.client().order(id).expect(200);
		while (!seen.as(Order.class).status().equals("CONFIRMED")) {
			seen.expect("an order that is confirmed within " + PATIENCE,
					System.nanoTime() - begin < PATIENCE.toNanos());
			LockSupport.parkNanos(pause.toNanos());
			Duration longer = pause.multipliedBy(3).dividedBy(2);
			pause = (longer.compareTo(LONGEST_PAUSE) < 0) ? longer : LONGEST_PAUSE;
			seen = shopper.client().order(id).expect(200);
		}
	}

	OrderTimes times() {
		return new OrderTimes(Latencies.of(this.accepted), Latencies.of(this.confirmed));
	}

}
