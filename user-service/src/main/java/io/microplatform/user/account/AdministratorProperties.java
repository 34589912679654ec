package io.microplatform.user.account;

import io.microplatform.starter.validation.PlainText;
import io.microplatform.starter.validation.VisibleText;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Email;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The first administrator, created at the start. Both properties are given, or neither.
 *
 * @param email a valid address of at most 254 characters, all of them visible
 * @param password at most 72 bytes, which is what the hash counts, and no invisible
 * characters; at least 16 characters
 */
@Validated
@ConfigurationProperties("platform.admin")
record AdministratorProperties(@PlainText(max = 254) @VisibleText @Email @Nullable String email,
		@Nullable String password) {

	@AssertTrue(message = "platform.admin.email and platform.admin.password must be given together")
	boolean isComplete() {
		return (this.email == null) == (this.password == null);
	}

	// Not an annotation on the password, whose error report would show it.
	@AssertTrue(message = "platform.admin.password must have at most " + Password.MAX_BYTES
			+ " bytes in UTF-8 and no control, format or other invisible characters")
	boolean isPasswordHashable() {
		return this.password == null || Password.of(this.password).isHashable();
	}

	/** Omits the password and the address, so that neither can be logged. */
	@Override
	public String toString() {
		return "AdministratorProperties";
	}

}
