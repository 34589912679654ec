package io.microplatform.user.account;

import java.math.BigDecimal;

/**
 * An account as it is read: everything of a user but the password. With its version, so
 * that what is shown and its entity tag always belong together, from the cache too.
 */
record Account(long id, String name, String email, BigDecimal creditLimit, BigDecimal creditAvailable, Role role,
		Status status, long version) {

	/** Of the format in the read cache; to be incremented with every change of the components. */
	static final int VERSION = 1;

	static Account of(User user) {
		return new Account(user.requiredId(), user.name(), user.email(), user.creditLimit(), user.creditAvailable(),
				user.role(), user.status(), user.version());
	}

}
