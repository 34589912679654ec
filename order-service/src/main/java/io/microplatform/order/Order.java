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
 * @param askAgainAt when user-service is asked again to reserve the amount, or to release
 * it, should it not have answered by then; null when there is no answer to wait for
 */
@Table("orders")
record Order(@Id @Nullable Long id, long userId, String product, BigDecimal amount, Status status,
		@Nullable String reason, Instant createdAt, Instant updatedAt, @Nullable Instant askAgainAt) {

	/**
	 * PENDING until user-service has answered; CONFIRMED may still become CANCELLED;
	 * REJECTED and CANCELLED are final.
	 */
	enum Status {

		PENDING, CONFIRMED, REJECTED, CANCELLED

	}

	static Order place(long userId, String product, BigDecimal amount, Instant now, Instant askAgainAt) {
		return new Order(null, userId, product, amount, Status.PENDING, null, now, now, askAgainAt);
	}

	Order confirm(Instant now) {
		return with(Status.CONFIRMED, null, now, null);
	}

	Order reject(String why, Instant now) {
		return with(Status.REJECTED, why, now, null);
	}

	Order cancel(Instant now, Instant whenToAskAgain) {
		return with(Status.CANCELLED, null, now, whenToAskAgain);
	}

	/** Still cancelled, and nothing is reserved for it any more. */
	Order release() {
		return with(this.status, this.reason, this.updatedAt, null);
	}

	/** The same, with more patience. */
	Order askAgain(Instant whenToAskAgain) {
		return with(this.status, this.reason, this.updatedAt, whenToAskAgain);
	}

	/** Whether user-service has still to say if the amount can be reserved. */
	boolean awaitsCredit() {
		return this.status == Status.PENDING;
	}

	/** Whether user-service has still to say that nothing is reserved any more. */
	boolean awaitsRelease() {
		return this.status == Status.CANCELLED && this.askAgainAt != null;
	}

	long requiredId() {
		return Objects.requireNonNull(this.id, "not saved yet");
	}

	private Order with(Status newStatus, @Nullable String newReason, Instant newUpdatedAt,
			@Nullable Instant newAskAgainAt) {
		return new Order(this.id, this.userId, this.product, this.amount, newStatus, newReason, this.createdAt,
				newUpdatedAt, newAskAgainAt);
	}

}
