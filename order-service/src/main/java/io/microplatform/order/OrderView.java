package io.microplatform.order;

import java.math.BigDecimal;
import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What people see of an order.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderView(long id, String product, BigDecimal amount, Order.Status status, @Nullable String reason,
		Instant createdAt, Instant updatedAt) {

	static OrderView of(Order order) {
		return new OrderView(order.requiredId(), order.product(), order.amount(), order.status(), order.reason(),
				order.createdAt(), order.updatedAt());
	}

}
