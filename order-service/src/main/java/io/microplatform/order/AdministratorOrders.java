package io.microplatform.order;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.microplatform.starter.web.Page;
import org.jspecify.annotations.Nullable;

/**
 * A page of orders for administrators, newest first.
 *
 * @param items at most the requested number of orders
 * @param nextCursor the cursor of the next page; {@code null} on the last page
 * @param partial whether the names of the buyers are missing, because user-service did
 * not answer in time
 */
record AdministratorOrders(List<AdministratorOrder> items, @Nullable String nextCursor, boolean partial) {

	/**
	 * Creates a page with the names of its buyers.
	 * @param page the orders
	 * @param names by user id, empty if they could not be read
	 */
	static AdministratorOrders of(Page<Order> page, Optional<Map<Long, String>> names) {
		Map<Long, String> known = names.orElse(Map.of());
		return new AdministratorOrders(page.items()
			.stream()
			.map((order) -> new AdministratorOrder(OrderResponse.of(order), order.userId(), known.get(order.userId())))
			.toList(), page.nextCursor(), names.isEmpty());
	}

	/** Returns the distinct users that placed the orders. */
	static Set<Long> buyers(Page<Order> page) {
		return page.items().stream().map(Order::userId).collect(Collectors.toCollection(TreeSet::new));
	}

}
