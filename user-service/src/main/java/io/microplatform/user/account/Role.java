package io.microplatform.user.account;

import java.util.List;

/**
 * The role of a user. An administrator may do everything that a user may, and more.
 */
enum Role {

	USER, ADMIN;

	/** What tokens say in {@code roles}. */
	List<String> claim() {
		return (this == ADMIN) ? List.of(USER.name(), ADMIN.name()) : List.of(USER.name());
	}

}
