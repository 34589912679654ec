package io.microplatform.user.account;

import java.math.BigDecimal;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of an account: to administrators also its role and its status, which its
 * owner is not told.
 *
 * @param creditAvailable what of the limit is not reserved
 * @param role for administrators only
 * @param status for administrators only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UserView(long id, String name, String email, BigDecimal creditLimit, BigDecimal creditAvailable,
		@Nullable Role role, @Nullable Status status) {

	static UserView forOwner(Account account) {
		return new UserView(account.id(), account.name(), account.email(), account.creditLimit(),
				account.creditAvailable(), null, null);
	}

	static UserView forAdministrator(Account account) {
		return new UserView(account.id(), account.name(), account.email(), account.creditLimit(),
				account.creditAvailable(), account.role(), account.status());
	}

}
