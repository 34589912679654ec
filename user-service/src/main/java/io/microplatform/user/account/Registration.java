package io.microplatform.user.account;

import io.microplatform.starter.validation.PlainText;
import io.microplatform.starter.validation.Utf8Size;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;

/**
 * What somebody says to open an account.
 *
 * @param name 1 to 50 characters
 * @param email a valid address of at most 254 characters
 * @param password 8 to 72 bytes, the most that bcrypt looks at
 */
record Registration(@NotNull @PlainText(max = 50) String name, @NotNull @PlainText(max = 254) @Email String email,
		@NotNull @Utf8Size(min = 8, max = 72) String password) {

	/** Never shows the password, wherever it may be printed. */
	@Override
	public String toString() {
		return "Registration[email=" + this.email + "]";
	}

}
