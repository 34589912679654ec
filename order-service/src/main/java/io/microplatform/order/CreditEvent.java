package io.microplatform.order;

import org.jspecify.annotations.Nullable;

/**
 * What orders need to know of credit's events; the rest of their data is ignored.
 */
record CreditEvent(long orderId, @Nullable String reason) {
}
