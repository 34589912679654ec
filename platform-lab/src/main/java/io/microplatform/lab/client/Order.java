package io.microplatform.lab.client;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An order in the representation of the public API.
 *
 * @param id the order's id
 * @param product the ordered product
 * @param amount the price
 * @param status PENDING, CONFIRMED, REJECTED or CANCELLED
 * @param reason the reason for the rejection; null unless the status is REJECTED
 * @param createdAt the time at which the order was placed
 * @param updatedAt the time of the last change of status
 */
public record Order(long id, String product, BigDecimal amount, String status, @Nullable String reason,
		Instant createdAt, Instant updatedAt) {
}
