package io.microplatform.acceptance.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of one's own orders, newest first.
 *
 * @param items the orders
 * @param nextCursor where the next page begins, or null after the last one
 */
public record OrdersPage(List<Order> items, @Nullable String nextCursor) {
}
