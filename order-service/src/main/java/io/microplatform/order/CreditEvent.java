package io.microplatform.order;

import org.jspecify.annotations.Nullable;

/**
 * What order-service reads of the events on the topic {@code credit}; the rest of their
 * data is ignored.
 */
record CreditEvent(long orderId, @Nullable String reason) {
}
