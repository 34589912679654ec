package io.microplatform.user.account;

import java.math.BigDecimal;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A user in answers. Role and status are for administrators only.
 *
 * @param creditAvailable what of the limit is not reserved
 * @param role for administrators only
 * @param status for administrators only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UserResponse(long id, String name, String email, BigDecimal creditLimit, BigDecimal creditAvailable,
		@Nullable Role role, @Nullable Status status) {

	static UserResponse forOwner(UserProfile user) {
		return new UserResponse(user.id(), user.name(), user.email(), user.creditLimit(), user.creditAvailable(), null,
				null);
	}

	static UserResponse forAdministrator(UserProfile user) {
		return new UserResponse(user.id(), user.name(), user.email(), user.creditLimit(), user.creditAvailable(),
				user.role(), user.status());
	}

}
