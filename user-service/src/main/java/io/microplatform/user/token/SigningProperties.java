package io.microplatform.user.token;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How tokens are made.
 *
 * @param secret encrypts the signing keys in the database; at least 32 characters
 * @param lifetime how long an access token is valid
 */
@Validated
@ConfigurationProperties("platform.tokens")
record SigningProperties(@NotNull @Size(min = 32, message = "must have at least {min} characters") String secret,
		@NotNull Duration lifetime) {

	/** Never shows the secret, wherever it may be printed. */
	@Override
	public String toString() {
		return "SigningProperties[lifetime=" + this.lifetime + "]";
	}

}
