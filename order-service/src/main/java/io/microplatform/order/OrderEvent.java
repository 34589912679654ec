package io.microplatform.order;

import java.math.BigDecimal;
import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The data of events on the topic {@code orders}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OrderEvent(long orderId, long userId, String product, BigDecimal amount, Order.Status status,
		@Nullable String reason, Instant at) {

	static final String TOPIC = "orders";

	static OrderEvent of(Order order) {
		return new OrderEvent(order.requiredId(), order.userId(), order.product(), order.amount(), order.status(),
				order.reason(), order.updatedAt());
	}

	/** The event's type: how the order came to be what it is. */
	String type() {
		return switch (this.status) {
			case PENDING -> "order.created";
			case CONFIRMED -> "order.confirmed";
			case REJECTED -> "order.rejected";
			case CANCELLED -> "order.cancelled";
		};
	}

}
