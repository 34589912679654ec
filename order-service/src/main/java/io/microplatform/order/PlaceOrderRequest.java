package io.microplatform.order;

import java.math.BigDecimal;

import io.microplatform.starter.validation.DecimalDigits;
import io.microplatform.starter.validation.PlainText;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;

/**
 * The body of {@code POST /orders}.
 *
 * @param product 1 to 100 characters
 * @param amount at least 0.01, with at most two digits after the point; how large it may
 * be is a rule that can be configured, and not checked here
 */
record PlaceOrderRequest(@NotNull @PlainText(max = 100) String product,
		@NotNull @DecimalMin("0.01") @DecimalDigits(fraction = 2,
				message = "must have at most {fraction} digits after the point") BigDecimal amount) {
}
