package io.microplatform.user.account;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

/**
 * Finds users among all of them, for administrators.
 */
@Service
class Directory {

	private final UserRepository users;

	Directory(UserRepository users) {
		this.users = users;
	}

	/**
	 * The newest users.
	 * @param before an id; only older users are found
	 * @param limit the most to find
	 * @param email the whole address in any spelling, or null for any
	 * @param status or null for any
	 */
	List<User> newest(long before, int limit, @Nullable String email, @Nullable Status status) {
		return this.users.findNewest(before, limit, email, (status != null) ? status.name() : null);
	}

}
