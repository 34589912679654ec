package io.microplatform.order;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Some of a user's orders, newest first.
 *
 * @param items at most as many as were asked for
 * @param nextCursor leads to the next page; null on the last
 */
record OrderPage(List<OrderView> items, @Nullable String nextCursor) {

	/** A page of the first orders found; one more than its limit means there are more. */
	static OrderPage of(List<Order> found, int limit) {
		List<OrderView> items = found.stream().limit(limit).map(OrderView::of).toList();
		return new OrderPage(items, (found.size() > limit) ? new Cursor(items.getLast().id()).toString() : null);
	}

}
