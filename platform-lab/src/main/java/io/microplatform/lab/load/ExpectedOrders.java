package io.microplatform.lab.load;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.OrdersPage;
import io.microplatform.lab.client.Reply;
import io.microplatform.lab.client.UnexpectedReplyException;
import io.microplatform.lab.client.User;
import org.jspecify.annotations.Nullable;

/**
 * Model of one user's orders, against which every response is verified. Responses arrive
 * in any order; a response must reflect only those changes that were known two seconds
 * before its request was sent. Thread-safe.
 */
final class ExpectedOrders {

	/**
	 * Maximum time from the commit of a change until no cache returns the previous value.
	 */
	private static final Duration PROPAGATION = Duration.ofSeconds(2);

	private static final String PENDING = "PENDING";

	private static final String CONFIRMED = "CONFIRMED";

	private static final String CANCELLED = "CANCELLED";

	private final List<Long> ids = new ArrayList<>();

	private final Map<Long, Observation> orders = new TreeMap<>();

	private final Map<String, BigDecimal> attempts = new HashMap<>();

	/**
	 * Orders that the user tried to cancel; true once the cancellation is acknowledged.
	 */
	private final Map<Long, Boolean> cancellations = new HashMap<>();

	private BigDecimal attempted = BigDecimal.ZERO;

	/**
	 * Records an order before it is sent, because it may be placed even if no response
	 * arrives.
	 * @param product the product, unique among this user's orders
	 */
	synchronized void recordAttempt(String product, BigDecimal amount) {
		this.attempts.put(product, amount);
		this.attempted = this.attempted.add(amount);
	}

	/** Records a cancellation before it is sent. */
	synchronized void recordCancellationAttempt(long id) {
		this.cancellations.putIfAbsent(id, false);
	}

	synchronized void verifyCancelled(Reply reply, long id) {
		Order order = reply.as(Order.class);
		reply.expect(String.format(Locale.ROOT, "order %d CANCELLED", id),
				order.id() == id && order.status().equals(CANCELLED));
		this.cancellations.put(id, true);
	}

	synchronized void verifyPlaced(Reply reply, String product, BigDecimal amount) {
		Order order = reply.as(Order.class);
		reply.expect("the order as it was placed",
				order.product().equals(product) && order.amount().compareTo(amount) == 0);
		reply.expect("a new order id", !this.orders.containsKey(order.id()));
		this.ids.add(order.id());
		this.orders.put(order.id(), new Observation(order, Instant.now()));
	}

	synchronized void verifyRead(Reply reply, long id, Instant sent) {
		Order order = reply.as(Order.class);
		reply.expect("order " + id, order.id() == id);
		verifyAndRecord(reply, order, sent);
	}

	synchronized void verifyList(Reply reply, Instant sent) {
		List<Order> items = reply.as(OrdersPage.class).items();
		items.forEach((order) -> verifyAndRecord(reply, order, sent));
		long newest = items.stream().mapToLong(Order::id).max().orElse(0);
		this.orders.values()
			.stream()
			.filter((observation) -> observation.precedes(sent))
			.map((observation) -> observation.order().id())
			.forEach((id) -> reply.expect(String.format(Locale.ROOT, "order %d or a newer one in the list", id),
					id <= newest));
	}

	/**
	 * Verifies that the reserved credit covers at least the confirmed and at most all
	 * attempted orders.
	 */
	synchronized void verifyCredit(Reply reply, Instant sent) {
		BigDecimal reserved = reserved(reply);
		BigDecimal confirmed = this.orders.values()
			.stream()
			.filter((observation) -> observation.precedes(sent) && observation.order().status().equals(CONFIRMED)
					&& !this.cancellations.containsKey(observation.order().id()))
			.map((observation) -> observation.order().amount())
			.reduce(BigDecimal.ZERO, BigDecimal::add);
		reply.expect("at least %s and at most %s reserved".formatted(confirmed, this.attempted),
				reserved.compareTo(confirmed) >= 0 && reserved.compareTo(this.attempted) <= 0);
	}

	/** Returns the id of a random acknowledged order. */
	synchronized Optional<Long> anyId(RandomGenerator random) {
		return this.ids.isEmpty() ? Optional.empty() : Optional.of(this.ids.get(random.nextInt(this.ids.size())));
	}

	/**
	 * Compares the expected orders with the actual ones. No order may be in progress.
	 * @param all all orders of the user
	 * @param reserved the user's reserved credit
	 */
	synchronized OrderReconciliation reconcile(List<Order> all, BigDecimal reserved) {
		List<String> discrepancies = new ArrayList<>();
		Map<Long, Order> present = new HashMap<>();
		Set<String> products = new HashSet<>();
		for (Order order : all) {
			present.put(order.id(), order);
			@Nullable BigDecimal amount = this.attempts.get(order.product());
			if (amount == null || amount.compareTo(order.amount()) != 0) {
				discrepancies
					.add(String.format(Locale.ROOT, "order %d was not sent with these values: %s", order.id(), order));
			}
			if (!products.add(order.product())) {
				discrepancies.add(String.format(Locale.ROOT, "order %d was applied twice: %s", order.id(), order));
			}
			if (order.status().equals(PENDING)) {
				discrepancies.add(String.format(Locale.ROOT, "order %d has no outcome", order.id()));
			}
			if (this.cancellations.getOrDefault(order.id(), false) && !order.status().equals(CANCELLED)) {
				discrepancies
					.add(String.format(Locale.ROOT, "order %d was cancelled, but is %s", order.id(), order.status()));
			}
		}
		this.orders.forEach((id, known) -> {
			@Nullable Order order = present.get(id);
			if (order == null || !order.product().equals(known.order().product())) {
				discrepancies.add(String.format(Locale.ROOT, "order %d was acknowledged, but does not exist", id));
			}
		});
		BigDecimal confirmed = all.stream()
			.filter((order) -> order.status().equals(CONFIRMED))
			.map(Order::amount)
			.reduce(BigDecimal.ZERO, BigDecimal::add);
		if (confirmed.compareTo(reserved) != 0) {
			discrepancies.add("%s reserved, but %s confirmed".formatted(reserved, confirmed));
		}
		SortedMap<String, Long> outcomes = all.stream()
			.collect(Collectors.groupingBy(Order::status, TreeMap::new, Collectors.counting()));
		return new OrderReconciliation(this.attempts.size(), this.orders.size(), outcomes, discrepancies);
	}

	/** Returns the acknowledged orders in the last known state. */
	synchronized List<Order> orders() {
		return this.orders.values().stream().map(Observation::order).toList();
	}

	static BigDecimal reserved(Reply reply) {
		User user = reply.as(User.class);
		BigDecimal limit = user.creditLimit();
		BigDecimal available = user.creditAvailable();
		if (limit == null || available == null) {
			throw new UnexpectedReplyException("a user with credit", reply, null);
		}
		return limit.subtract(available);
	}

	private void verifyAndRecord(Reply reply, Order seen, Instant sent) {
		Observation known = this.orders.get(seen.id());
		if (known == null) {
			return; // The order was placed, but its response has not arrived.
		}
		Order before = known.order();
		reply.expect(String.format(Locale.ROOT, "order %d as it was placed", seen.id()),
				seen.product().equals(before.product()) && seen.amount().compareTo(before.amount()) == 0
						&& seen.createdAt().equals(before.createdAt()));
		boolean same = seen.status().equals(before.status());
		boolean earlier = seen.status().equals(PENDING)
				|| (seen.status().equals(CONFIRMED) && before.status().equals(CANCELLED));
		boolean overtaken = earlier && !known.precedes(sent);
		boolean next = before.status().equals(PENDING)
				|| (seen.status().equals(CANCELLED) && this.cancellations.containsKey(seen.id()));
		reply.expect(String.format(Locale.ROOT, "order %d %s", seen.id(), before.status()), same || overtaken || next);
		if (!same && !overtaken) {
			this.orders.put(seen.id(), new Observation(seen, Instant.now()));
		}
	}

	/**
	 * The last known state of an order.
	 *
	 * @param order the order
	 * @param since the time at which this state was first observed
	 */
	private record Observation(Order order, Instant since) {

		boolean precedes(Instant sent) {
			return this.since.isBefore(sent.minus(PROPAGATION));
		}

	}

}
