package io.microplatform.acceptance.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.microplatform.acceptance.audit.Database.Cursor;
import io.microplatform.local.process.Await;
import org.jspecify.annotations.Nullable;

/**
 * Every CONFIRMED order has a reservation of its amount, and nothing else has one. The
 * two databases cannot be read at the same moment, and orders are on their way between
 * them all the time: whatever does not fit at first is looked at again until it does, and
 * only what goes on not fitting is an offence.
 *
 * @param orders the database of order-service
 * @param users the database of user-service
 * @param patience how long an order may be on its way
 */
record ReservationCheck(Database orders, Database users, Duration patience) implements Check {

	@Override
	public Finding look() throws SQLException {
		SortedSet<Long> doubtful = new TreeSet<>();
		long counted = compare(doubtful);
		SortedMap<Long, String> offences = offencesAmong(doubtful);
		long end = System.nanoTime() + this.patience.toNanos();
		while (!offences.isEmpty() && System.nanoTime() < end) {
			Await.until(Duration.ofMillis(200), () -> false);
			offences = offencesAmong(offences.keySet());
		}
		return new Finding("reserved is what is CONFIRMED, and nothing else", counted, "confirmed orders",
				List.copyOf(offences.values()));
	}

	/** Both sides by the order's id, so that neither has to fit into memory. */
	private long compare(SortedSet<Long> doubtful) throws SQLException {
		long counted = 0;
		try (Cursor<Reserved> confirmed = this.orders
			.walk("select id, user_id, amount from orders where status = 'CONFIRMED' order by id", Reserved::of);
				Cursor<Reserved> reserved = this.users
					.walk("select order_id, user_id, amount from reservation order by order_id", Reserved::of)) {
			@Nullable Reserved due = confirmed.next();
			@Nullable Reserved made = reserved.next();
			while (due != null || made != null) {
				long id = Math.min(idOf(due), idOf(made));
				boolean isDue = idOf(due) == id;
				boolean isMade = idOf(made) == id;
				if (!Objects.equals(due, made)) {
					doubtful.add(id);
				}
				counted += isDue ? 1 : 0;
				due = isDue ? confirmed.next() : due;
				made = isMade ? reserved.next() : made;
			}
		}
		this.orders.forgetSnapshot();
		this.users.forgetSnapshot();
		return counted;
	}

	private static long idOf(@Nullable Reserved reserved) {
		return (reserved != null) ? reserved.orderId() : Long.MAX_VALUE;
	}

	private SortedMap<Long, String> offencesAmong(Set<Long> ids) throws SQLException {
		Long[] wanted = ids.toArray(Long[]::new);
		// Orders first: what is confirmed then was reserved before.
		Map<Long, Decided> decided = this.orders
			.list("select id, user_id, amount, status, ask_again_at is not null from orders where id = any(?)",
					Decided::of, (Object) wanted)
			.stream()
			.collect(Collectors.toMap((order) -> order.terms().orderId(), Function.identity()));
		Map<Long, Reserved> reserved = this.users
			.list("select order_id, user_id, amount from reservation where order_id = any(?)", Reserved::of,
					(Object) wanted)
			.stream()
			.collect(Collectors.toMap(Reserved::orderId, Function.identity()));
		SortedMap<Long, String> offences = new TreeMap<>();
		for (Long id : wanted) {
			@Nullable String offence = Decided.offence(decided.get(id), reserved.get(id));
			if (offence != null) {
				offences.put(id, String.format(Locale.ROOT, "order %d: %s", id, offence));
			}
		}
		return offences;
	}

	/**
	 * What has become of an order.
	 *
	 * @param awaitsAnswer whether user-service has still to answer
	 */
	private record Decided(Reserved terms, String status, boolean awaitsAnswer) {

		static Decided of(ResultSet row) throws SQLException {
			return new Decided(Reserved.of(row), row.getString(4), row.getBoolean(5));
		}

		/** Null when the two go together. */
		static @Nullable String offence(@Nullable Decided order, @Nullable Reserved reserved) {
			if (order == null) {
				return "%s reserved, but there is no such order".formatted(reserved);
			}
			boolean mayBeReserved = order.status.equals("CONFIRMED") || order.awaitsAnswer;
			if (reserved != null && !mayBeReserved) {
				return "%s, but %s is reserved".formatted(order.status, reserved.amount());
			}
			if (reserved != null && !reserved.equals(order.terms)) {
				return "%s, but reserved is %s".formatted(order, reserved);
			}
			return (reserved == null && order.status.equals("CONFIRMED")) ? "CONFIRMED, but nothing is reserved" : null;
		}

	}

}
