package io.microplatform.lab.bench;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.Reply;
import io.microplatform.lab.load.LoadCall;
import io.microplatform.lab.load.Latencies;
import io.microplatform.lab.load.SimulatedUser;
import io.microplatform.lab.load.Workload;

/**
 * Workload of users that place orders in turn, and measure the time until acceptance. One
 * order in ten is polled until it is confirmed; polling every order would distort the
 * measurement.
 */
final class ConfirmedOrders implements Workload {

	private static final int POLLED_ONE_IN = 10;

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Duration INITIAL_INTERVAL = Duration.ofMillis(10);

	private static final Duration MAX_INTERVAL = Duration.ofMillis(500);

	private final List<SimulatedUser> users;

	private final BigDecimal amount;

	private final Queue<Duration> accepted = new ConcurrentLinkedQueue<>();

	private final Queue<Duration> confirmed = new ConcurrentLinkedQueue<>();

	private int next;

	ConfirmedOrders(List<SimulatedUser> users, BigDecimal amount) {
		this.users = users;
		this.amount = amount;
	}

	@Override
	public LoadCall next() {
		SimulatedUser user = this.users.get(this.next % this.users.size());
		boolean isPolled = this.next % POLLED_ONE_IN == 0;
		this.next++;
		return new LoadCall("order", () -> order(user, isPolled));
	}

	private Reply order(SimulatedUser user, boolean isPolled) {
		long sent = System.nanoTime();
		Reply placed = user.placeOrder(this.amount).exchange().get().expect(201);
		long accepted = System.nanoTime();
		this.accepted.add(Duration.ofNanos(accepted - sent));
		if (isPolled) {
			awaitConfirmed(user, placed.as(Order.class).id());
			this.confirmed.add(Duration.ofNanos(System.nanoTime() - accepted));
		}
		return placed;
	}

	/**
	 * Polls with intervals that grow by a half, to limit the load on a slow platform. The
	 * measured time is too long by at most half of itself.
	 */
	private static void awaitConfirmed(SimulatedUser user, long id) {
		long begin = System.nanoTime();
		Duration interval = INITIAL_INTERVAL;
		Reply seen = user.client().order(id).expect(200);
		while (!seen.as(Order.class).status().equals("CONFIRMED")) {
			seen.expect("an order that is confirmed within " + TIMEOUT, System.nanoTime() - begin < TIMEOUT.toNanos());
			LockSupport.parkNanos(interval.toNanos());
			Duration longer = interval.multipliedBy(3).dividedBy(2);
			interval = (longer.compareTo(MAX_INTERVAL) < 0) ? longer : MAX_INTERVAL;
			seen = user.client().order(id).expect(200);
		}
	}

	OrderTimes times() {
		return new OrderTimes(Latencies.of(this.accepted), Latencies.of(this.confirmed));
	}

}
