package io.microplatform.order;

import java.math.BigDecimal;
import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An order in a response. A response to a request with an {@code Idempotency-Key} is
 * stored, and another release may read it: a new component has to be optional.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderResponse(long id, String product, BigDecimal amount, Order.Status status, @Nullable String reason,
		Instant createdAt, Instant updatedAt) {

	static OrderResponse of(Order order) {
		return CachedOrder.of(order).toResponse();
	}

}
