package io.microplatform.acceptance.load;

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

import io.microplatform.acceptance.client.Order;
import io.microplatform.acceptance.client.OrdersPage;
import io.microplatform.acceptance.client.Reply;
import io.microplatform.acceptance.client.UnexpectedReplyException;
import io.microplatform.acceptance.client.User;
import org.jspecify.annotations.Nullable;

/**
 * What one user knows for certain about their own orders, and judges every reply by.
 * Thread-safe: replies come in any order, so a reply is only held to what was known for a
 * moment already when it was asked for.
 */
final class Ledger {

	/**
	 * Nobody is to read an older value once an eviction has reached the cache; that takes
	 * a moment after the commit.
	 */
	private static final Duration MOMENT = Duration.ofSeconds(2);

	private static final String PENDING = "PENDING";

	private static final String CONFIRMED = "CONFIRMED";

	private static final String CANCELLED = "CANCELLED";

	private final List<Long> ids = new ArrayList<>();

	private final Map<Long, Known> orders = new TreeMap<>();

	private final Map<String, BigDecimal> attempts = new HashMap<>();

	/** Of which cancelling was asked, and those of which it was acknowledged. */
	private final Map<Long, Boolean> cancellations = new HashMap<>();

	private BigDecimal attempted = BigDecimal.ZERO;

	/**
	 * To be called before an order is sent: it may be placed although no reply comes.
	 * @param product names no other order of this user
	 */
	synchronized void attempt(String product, BigDecimal amount) {
		this.attempts.put(product, amount);
		this.attempted = this.attempted.add(amount);
	}

	/** To be called before it is sent, as above. */
	synchronized void attemptToCancel(long id) {
		this.cancellations.putIfAbsent(id, false);
	}

	synchronized void cancelled(Reply reply, long id) {
		Order order = reply.as(Order.class);
		reply.expect(String.format(Locale.ROOT, "order %d CANCELLED", id),
				order.id() == id && order.status().equals(CANCELLED));
		this.cancellations.put(id, true);
	}

	synchronized void placed(Reply reply, String product, BigDecimal amount) {
		Order order = reply.as(Order.class);
		reply.expect("the order as it was placed",
				order.product().equals(product) && order.amount().compareTo(amount) == 0);
		reply.expect("an order that was not there before", !this.orders.containsKey(order.id()));
		this.ids.add(order.id());
		this.orders.put(order.id(), new Known(order, Instant.now()));
	}

	synchronized void read(Reply reply, long id, Instant sent) {
		Order order = reply.as(Order.class);
		reply.expect("order " + id, order.id() == id);
		learn(reply, order, sent);
	}

	synchronized void listed(Reply reply, Instant sent) {
		List<Order> items = reply.as(OrdersPage.class).items();
		items.forEach((order) -> learn(reply, order, sent));
		long newest = items.stream().mapToLong(Order::id).max().orElse(0);
		this.orders.values()
			.stream()
			.filter((known) -> known.isOlderThan(sent))
			.map((known) -> known.order().id())
			.forEach((id) -> reply.expect(String.format(Locale.ROOT, "order %d or a newer one first", id),
					id <= newest));
	}

	/** Reserved is what was confirmed, and what may be on its way there. */
	synchronized void credit(Reply reply, Instant sent) {
		BigDecimal reserved = reserved(reply);
		BigDecimal confirmed = this.orders.values()
			.stream()
			.filter((known) -> known.isOlderThan(sent) && known.order().status().equals(CONFIRMED)
					&& !this.cancellations.containsKey(known.order().id()))
			.map((known) -> known.order().amount())
			.reduce(BigDecimal.ZERO, BigDecimal::add);
		reply.expect("at least %s and at most %s reserved".formatted(confirmed, this.attempted),
				reserved.compareTo(confirmed) >= 0 && reserved.compareTo(this.attempted) <= 0);
	}

	/** One of the orders that were acknowledged. */
	synchronized Optional<Long> any(RandomGenerator random) {
		return this.ids.isEmpty() ? Optional.empty() : Optional.of(this.ids.get(random.nextInt(this.ids.size())));
	}

	/**
	 * Holds what is known against what there is, once nothing is on its way any more.
	 * @param all every order of the user
	 * @param reserved of the user's credit
	 */
	synchronized Settlement settle(List<Order> all, BigDecimal reserved) {
		List<String> contradictions = new ArrayList<>();
		Map<Long, Order> present = new HashMap<>();
		Set<String> products = new HashSet<>();
		for (Order order : all) {
			present.put(order.id(), order);
			@Nullable BigDecimal amount = this.attempts.get(order.product());
			if (amount == null || amount.compareTo(order.amount()) != 0) {
				contradictions
					.add(String.format(Locale.ROOT, "order %d was never sent like that: %s", order.id(), order));
			}
			if (!products.add(order.product())) {
				contradictions.add(String.format(Locale.ROOT, "order %d was applied twice: %s", order.id(), order));
			}
			if (order.status().equals(PENDING)) {
				contradictions.add(String.format(Locale.ROOT, "order %d has no outcome", order.id()));
			}
			if (this.cancellations.getOrDefault(order.id(), false) && !order.status().equals(CANCELLED)) {
				contradictions
					.add(String.format(Locale.ROOT, "order %d was cancelled, but is %s", order.id(), order.status()));
			}
		}
		this.orders.forEach((id, known) -> {
			@Nullable Order order = present.get(id);
			if (order == null || !order.product().equals(known.order().product())) {
				contradictions.add(String.format(Locale.ROOT, "order %d was acknowledged, but is not there", id));
			}
		});
		BigDecimal confirmed = all.stream()
			.filter((order) -> order.status().equals(CONFIRMED))
			.map(Order::amount)
			.reduce(BigDecimal.ZERO, BigDecimal::add);
		if (confirmed.compareTo(reserved) != 0) {
			contradictions.add("%s reserved, but %s confirmed".formatted(reserved, confirmed));
		}
		SortedMap<String, Long> outcomes = all.stream()
			.collect(Collectors.groupingBy(Order::status, TreeMap::new, Collectors.counting()));
		return new Settlement(this.attempts.size(), this.orders.size(), outcomes, contradictions);
	}

	/** Every order that was acknowledged, as it was seen last. */
	synchronized List<Order> orders() {
		return this.orders.values().stream().map(Known::order).toList();
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

	private void learn(Reply reply, Order seen, Instant sent) {
		Known known = this.orders.get(seen.id());
		if (known == null) {
			return; // placed, but its reply has not come, or never will
		}
		Order before = known.order();
		reply.expect(String.format(Locale.ROOT, "order %d as it was placed", seen.id()),
				seen.product().equals(before.product()) && seen.amount().compareTo(before.amount()) == 0
						&& seen.createdAt().equals(before.createdAt()));
		boolean same = seen.status().equals(before.status());
		boolean earlier = seen.status().equals(PENDING)
				|| (seen.status().equals(CONFIRMED) && before.status().equals(CANCELLED));
		boolean overtaken = earlier && !known.isOlderThan(sent);
		boolean next = before.status().equals(PENDING)
				|| (seen.status().equals(CANCELLED) && this.cancellations.containsKey(seen.id()));
		reply.expect(String.format(Locale.ROOT, "order %d %s", seen.id(), before.status()), same || overtaken || next);
		if (!same && !overtaken) {
			this.orders.put(seen.id(), new Known(seen, Instant.now()));
		}
	}

	/**
	 * An order as it was seen last.
	 *
	 * @param order the order
	 * @param since when it was first seen like that
	 */
	private record Known(Order order, Instant since) {

		boolean isOlderThan(Instant sent) {
			return this.since.isBefore(sent.minus(MOMENT));
		}

	}

}
