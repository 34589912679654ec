package io.microplatform.user.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.microplatform.user.account.EmailOwner;

/**
 * The account and the address of a login, as the subjects of its limits. E-mail addresses
 * leave this service as hashes only.
 *
 * @param owner the account that the login refers to
 * @param address the address from which the login is sent
 */
record LoginAttempt(EmailOwner owner, String address) {

	/** Returns the account, independent of the spelling and of its existence. */
	String account() {
		return HexFormat.of().formatHex(hash(this.owner.identity()));
	}

	/** Returns the account together with the address. */
	String pair() {
		return HexFormat.of().formatHex(hash(this.owner.identity(), this.address));
	}

	/** Returns the SHA-256 of texts, of which only the first may have several lines. */
	static byte[] hash(String... texts) {
		try {
			return MessageDigest.getInstance("SHA-256")
				.digest(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has it", ex);
		}
	}

}
