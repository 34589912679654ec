package io.microplatform.lab.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One page of the caller's orders, newest first.
 *
 * @param items the orders of this page
 * @param nextCursor the cursor of the next page; null on the last page
 */
public record OrdersPage(List<Order> items, @Nullable String nextCursor) {
}
