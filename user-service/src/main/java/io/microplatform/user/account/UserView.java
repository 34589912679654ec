package io.microplatform.user.account;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * What people see of their own account.
 */
record UserView(long id, String name, String email, BigDecimal creditLimit, BigDecimal creditAvailable) {

	static UserView of(User user) {
		return new UserView(Objects.requireNonNull(user.id()), user.name(), user.email(), user.creditLimit(),
				user.creditAvailable());
	}

}
