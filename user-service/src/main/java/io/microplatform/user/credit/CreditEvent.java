package io.microplatform.user.credit;

import java.math.BigDecimal;
import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The data of events on the topic {@code credit}.
 *
 * @param amount what is reserved, was refused, or was given back
 * @param available what the user has left after it
 * @param reason why it was refused
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CreditEvent(long orderId, long userId, BigDecimal amount, BigDecimal available, @Nullable String reason,
		Instant at) {

	static final String TOPIC = "credit";

}
