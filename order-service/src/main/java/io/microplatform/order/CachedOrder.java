package io.microplatform.order;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The format of an order in the read cache: what an {@link OrderResponse} needs and whose
 * order it is. It has a version of its own, so that instances of two releases ignore each
 * other's entries if they differ.
 */
record CachedOrder(long id, long userId, String product, BigDecimal amount, Order.Status status,
		@Nullable String reason, Instant createdAt, Instant updatedAt) {

	/** To be incremented with every change of the components. */
	static final int VERSION = 1;

	static CachedOrder of(Order order) {
		return new CachedOrder(order.requiredId(), order.userId(), order.product(), order.amount(), order.status(),
				order.reason(), order.createdAt(), order.updatedAt());
	}

	OrderResponse toResponse() {
		return new OrderResponse(this.id, this.product, this.amount, this.status, this.reason, this.createdAt,
				this.updatedAt);
	}

}
