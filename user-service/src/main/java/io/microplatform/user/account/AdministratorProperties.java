package io.microplatform.user.account;

import io.microplatform.starter.validation.PlainText;
import io.microplatform.starter.validation.Utf8Size;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Email;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The first administrator, made at the start. Both are given, or neither.
 *
 * @param email a valid address of at most 254 characters
 * @param password 16 to 72 bytes
 */
@Validated
@ConfigurationProperties("platform.admin")
record AdministratorProperties(@PlainText(max = 254) @Email @Nullable String email,
		@Utf8Size(min = 16, max = 72) @Nullable String password) {

	@AssertTrue(message = "platform.admin.email and platform.admin.password must be given together")
	boolean isComplete() {
		return (this.email == null) == (this.password == null);
	}

	/** Never shows the password, wherever it may be printed. */
	@Override
	public String toString() {
		return "AdministratorProperties[email=" + this.email + "]";
	}

}
