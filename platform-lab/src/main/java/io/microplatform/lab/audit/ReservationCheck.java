package io.microplatform.lab.audit;

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

import io.microplatform.lab.audit.Database.Cursor;
import io.microplatform.local.process.Await;
import org.jspecify.annotations.Nullable;

/**
 * Check that every CONFIRMED order has a reservation of its amount, and that there are no
 * other reservations. The two databases have no common snapshot, so that a mismatch may
 * only be an order in progress. Mismatches are read again, and reported if they persist.
 *
 * @param orders the database of order-service
 * @param users the database of user-service
 * @param maxDelay the maximum time for which an order may be in progress
 */
record ReservationCheck(Database orders, Database users, Duration maxDelay) implements Check {

	@Override
	public AuditFinding run() throws SQLException {
		SortedSet<Long> mismatches = new TreeSet<>();
		long counted = compare(mismatches);
		SortedMap<Long, String> offences = recheck(mismatches);
		long end = System.nanoTime() + this.maxDelay.toNanos();
		while (!offences.isEmpty() && System.nanoTime() < end) {
			Await.until(Duration.ofMillis(200), () -> false);
			offences = recheck(offences.keySet());
		}
		return new AuditFinding("reservations", "every CONFIRMED order has a reservation, and no other order has one",
				counted, "confirmed orders", List.copyOf(offences.values()));
	}

	/** Merges both sides by order id, so that neither has to fit into memory. */
	private long compare(SortedSet<Long> mismatches) throws SQLException {
		long counted = 0;
		try (Cursor<ReservedAmount> confirmed = this.orders
			.open("select id, user_id, amount from orders where status = 'CONFIRMED' order by id", ReservedAmount::of);
				Cursor<ReservedAmount> reserved = this.users
					.open("select order_id, user_id, amount from reservation order by order_id", ReservedAmount::of)) {
			@Nullable ReservedAmount expected = confirmed.next();
			@Nullable ReservedAmount actual = reserved.next();
			while (expected != null || actual != null) {
				long id = Math.min(idOf(expected), idOf(actual));
				boolean isExpected = idOf(expected) == id;
				boolean isActual = idOf(actual) == id;
				if (!Objects.equals(expected, actual)) {
					mismatches.add(id);
				}
				counted += isExpected ? 1 : 0;
				expected = isExpected ? confirmed.next() : expected;
				actual = isActual ? reserved.next() : actual;
			}
		}
		this.orders.endSnapshot();
		this.users.endSnapshot();
		return counted;
	}

	private static long idOf(@Nullable ReservedAmount reserved) {
		return (reserved != null) ? reserved.orderId() : Long.MAX_VALUE;
	}

	private SortedMap<Long, String> recheck(Set<Long> ids) throws SQLException {
		Long[] wanted = ids.toArray(Long[]::new);
		// Orders are read first: a reservation precedes the confirmation.
		Map<Long, OrderState> decided = this.orders
			.list("select id, user_id, amount, status, ask_again_at is not null from orders where id = any(?)",
					OrderState::of, (Object) wanted)
			.stream()
			.collect(Collectors.toMap((order) -> order.reservation().orderId(), Function.identity()));
		Map<Long, ReservedAmount> reserved = this.users
			.list("select order_id, user_id, amount from reservation where order_id = any(?)", ReservedAmount::of,
					(Object) wanted)
			.stream()
			.collect(Collectors.toMap(ReservedAmount::orderId, Function.identity()));
		SortedMap<Long, String> offences = new TreeMap<>();
		for (Long id : wanted) {
			@Nullable String offence = OrderState.offence(decided.get(id), reserved.get(id));
			if (offence != null) {
				offences.put(id, String.format(Locale.ROOT, "order %d: %s", id, offence));
			}
		}
		return offences;
	}

	/**
	 * The current state of an order.
	 *
	 * @param awaitsAnswer whether the answer from user-service is outstanding
	 */
	private record OrderState(ReservedAmount reservation, String status, boolean awaitsAnswer) {

		static OrderState of(ResultSet row) throws SQLException {
			return new OrderState(ReservedAmount.of(row), row.getString(4), row.getBoolean(5));
		}

		/**
		 * Returns a description of the violation, or null if order and reservation match.
		 */
		static @Nullable String offence(@Nullable OrderState order, @Nullable ReservedAmount reserved) {
			if (order == null) {
				return "%s is reserved, but the order does not exist".formatted(reserved);
			}
			boolean mayBeReserved = order.status.equals("CONFIRMED") || order.awaitsAnswer;
			if (reserved != null && !mayBeReserved) {
				return "%s, but %s is reserved".formatted(order.status, reserved.amount());
			}
			if (reserved != null && !reserved.equals(order.reservation)) {
				return "%s, but the reservation is %s".formatted(order, reserved);
			}
			return (reserved == null && order.status.equals("CONFIRMED")) ? "CONFIRMED, but nothing is reserved" : null;
		}

	}

}
