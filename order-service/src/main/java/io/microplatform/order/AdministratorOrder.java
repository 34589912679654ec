package io.microplatform.order;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * An order in a list for administrators, with its buyer.
 *
 * @param order the order as its buyer sees it; its members are members of this one
 * @param userId the buyer
 * @param buyerName the buyer's name, {@code null} if it is not known
 */
record AdministratorOrder(@JsonUnwrapped OrderResponse order, long userId, @Nullable String buyerName) {
}
