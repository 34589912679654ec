package io.microplatform.user.account;

import io.microplatform.starter.validation.PlainText;
import io.microplatform.starter.validation.VisibleText;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;

/**
 * The body of {@code POST /users}.
 *
 * @param name 1 to 50 characters
 * @param email a valid address of at most 254 characters, all of them visible
 * @param password as it was typed
 */
record RegisterUserRequest(@NotNull @PlainText(max = 50) String name,
		@NotNull @PlainText(max = 254) @VisibleText @Email String email, @NotNull @NewPassword String password) {

	/** Omits the password and the address, so that neither can be logged. */
	@Override
	public String toString() {
		return "RegisterUserRequest";
	}

}
