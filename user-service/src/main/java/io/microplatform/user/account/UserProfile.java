package io.microplatform.user.account;

import java.math.BigDecimal;

/**
 * What the API shows of a user, and the format of a user in the read cache. It contains
 * the version of the user, so that content and entity tag always belong together.
 */
record UserProfile(long id, String name, String email, BigDecimal creditLimit, BigDecimal creditAvailable, Role role,
		Status status, long version) {

	/**
	 * Of the format in the read cache; to be incremented with every change of the
	 * components.
	 */
	static final int VERSION = 1;

	static UserProfile of(User user) {
		return new UserProfile(user.requiredId(), user.name(), user.email(), user.creditLimit(), user.creditAvailable(),
				user.role(), user.status(), user.version());
	}

}
