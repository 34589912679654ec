package io.microplatform.user.credit;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What credit needs to know of an order's events; the rest of their data is ignored.
 *
 * @param amount at most two digits after the point: the database would round any more,
 * and the books would not balance
 */
record OrderEvent(long orderId, long userId, BigDecimal amount) {

	OrderEvent {
		amount = amount.setScale(2, RoundingMode.UNNECESSARY);
	}

}
