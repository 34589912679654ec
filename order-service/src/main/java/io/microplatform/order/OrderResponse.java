package io.microplatform.order;

import java.math.BigDecimal;
import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An order in answers.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderResponse(long id, String product, BigDecimal amount, Order.Status status, @Nullable String reason,
		Instant createdAt, Instant updatedAt) {

	static OrderResponse of(Order order) {
		return new OrderResponse(order.requiredId(), order.product(), order.amount(), order.status(), order.reason(),
				order.createdAt(), order.updatedAt());
	}

}
