package io.microplatform.user.account;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords and compares them with hashes. The time of a comparison depends on the
 * typed password only, and not on whether there is an account or how old its hash is.
 * <p>
 * Hashes of bcrypt's version 2a are of passwords as they were typed, in any form of
 * Unicode and with any characters; they were stored before passwords were normalized.
 * Later ones have version 2b.
 */
@Component
final class Passwords {

	private static final String AS_TYPED = "{bcrypt}$2a$";

	private final PasswordEncoder encoder;

	/** Compared with when no other hash can match. */
	private final String decoy;

	Passwords(PasswordEncoder encoder) {
		this.encoder = encoder;
		this.decoy = hash("a password of no account");
	}

	/** The hash of a password that is hashable. */
	String hash(String typed) {
		return Objects.requireNonNull(this.encoder.encode(Password.of(typed).text()));
	}

	/**
	 * Whether the hash is of this password.
	 * @param typed as it was typed
	 * @param hash null if there is no account
	 */
	boolean matches(String typed, @Nullable String hash) {
		Password password = Password.of(typed);
		boolean asTyped = isAsTyped(hash);
		if (password.text().equals(typed)) {
			return matches(typed, hash, asTyped, asTyped || password.isHashable());
		}
		boolean prepared = matches(password.text(), hash, asTyped, password.isHashable());
		return matches(typed, hash, asTyped, asTyped) || prepared;
	}

	/**
	 * Whether the password that matched is to be hashed again, because the hash is of the
	 * typed form. That of a password which can no longer be chosen stays.
	 */
	boolean isOutdated(String typed, String hash) {
		return isAsTyped(hash) && Password.of(typed).isHashable();
	}

	private boolean matches(String candidate, @Nullable String hash, boolean asTyped, boolean possible) {
		// bcrypt repeats a short key and cuts a long one: neither was ever accepted.
		int bytes = candidate.getBytes(StandardCharsets.UTF_8).length;
		boolean comparable = hash != null && possible && bytes <= Password.MAX_BYTES
				&& !(asTyped && bytes < Password.MIN_BYTES);
		return this.encoder.matches(candidate, comparable ? hash : this.decoy) && comparable;
	}

	private static boolean isAsTyped(@Nullable String hash) {
		return hash != null && hash.startsWith(AS_TYPED);
	}

}
