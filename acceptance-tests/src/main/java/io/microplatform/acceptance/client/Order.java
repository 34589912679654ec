package io.microplatform.acceptance.client;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An order as the platform shows it.
 *
 * @param id the id
 * @param product what was ordered
 * @param amount what it costs
 * @param status PENDING, CONFIRMED, REJECTED or CANCELLED
 * @param reason why it was rejected, else absent
 * @param createdAt when it was placed
 * @param updatedAt when its status changed last
 */
public record Order(long id, String product, BigDecimal amount, String status, @Nullable String reason,
		Instant createdAt, Instant updatedAt) {
}
