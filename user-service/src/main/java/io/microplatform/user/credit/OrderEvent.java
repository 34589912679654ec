package io.microplatform.user.credit;

import java.math.BigDecimal;

/**
 * What credit needs to know of an order's events; the rest of their data is ignored.
 */
record OrderEvent(long orderId, long userId, BigDecimal amount) {
}
