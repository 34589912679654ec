package io.microplatform.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * An order.
 *
 * @param id assigned by the database; larger means newer
 * @param userId who placed it
 * @param product what was ordered
 * @param amount two digits after the point
 * @param status where it is in its life
 * @param reason why it was rejected
 * @param createdAt when it was placed
 * @param updatedAt when its status last changed
 */
@Table("orders")
record Order(@Id @Nullable Long id, long userId, String product, BigDecimal amount, Status status,
		@Nullable String reason, Instant createdAt, Instant updatedAt) {

	/** PENDING until user-service has answered; the others are outcomes. */
	enum Status {

		PENDING, CONFIRMED, REJECTED

	}

	static Order place(long userId, String product, BigDecimal amount, Instant now) {
		return new Order(null, userId, product, amount, Status.PENDING, null, now, now);
	}

	Order confirm(Instant now) {
		return new Order(this.id, this.userId, this.product, this.amount, Status.CONFIRMED, null, this.createdAt, now);
	}

	Order reject(String why, Instant now) {
		return new Order(this.id, this.userId, this.product, this.amount, Status.REJECTED, why, this.createdAt, now);
	}

	boolean isPending() {
		return this.status == Status.PENDING;
	}

	long requiredId() {
		return Objects.requireNonNull(this.id, "not saved yet");
	}

}
