package io.microplatform.user.credit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * What user-service reads of the events on the topic {@code orders}; the rest of their
 * data is ignored.
 *
 * @param amount at most two digits after the point: the database would round any more,
 * and the books would not balance
 */
record OrderEvent(long orderId, long userId, BigDecimal amount) {

	/** Before the point: the database has room for no more. */
	private static final int MOST_DIGITS = 17;

	OrderEvent {
		// Before anything is calculated: an exponent may promise more digits than any
		// memory has.
		if ((long) amount.precision() - amount.scale() > MOST_DIGITS || amount.scale() > MOST_DIGITS) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"the amount must have at most %d digits before and 2 after the point", MOST_DIGITS));
		}
		amount = amount.setScale(2, RoundingMode.UNNECESSARY);
	}

}
