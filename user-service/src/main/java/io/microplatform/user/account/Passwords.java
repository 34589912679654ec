package io.microplatform.user.account;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

import io.microplatform.starter.problem.ProblemException;
import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords and compares them with hashes. The time of a comparison depends on the
 * typed password only, and not on whether there is an account or how old its hash is. A
 * {@link HashingBulkhead} limits the number of concurrent hashes.
 * <p>
 * Hashes of bcrypt's version 2a are of passwords as they were typed, in any form of
 * Unicode and with any characters; they were stored before passwords were normalized.
 * Later ones have version 2b.
 */
@Component
final class Passwords {

	private static final String AS_TYPED = "{bcrypt}$2a$";

	private final PasswordEncoder encoder;

	private final HashingBulkhead hashing;

	/** Compared with when no other hash can match. */
	private final String decoy;

	Passwords(PasswordEncoder encoder, HashingBulkhead hashing) {
		this.encoder = encoder;
		this.hashing = hashing;
		this.decoy = hash("a password of no account");
	}

	/**
	 * The hash of a password that is hashable.
	 * @throws ProblemException 503 when too many passwords are being hashed
	 */
	String hash(String typed) {
		String text = Password.of(typed).text();
		return this.hashing.execute(() -> Objects.requireNonNull(this.encoder.encode(text)));
	}

	/**
	 * Returns the hash of a password that is hashable, unless other passwords are waiting
	 * to be hashed.
	 */
	Optional<String> hashIfFree(String typed) {
		String text = Password.of(typed).text();
		return this.hashing.executeIfFree(() -> Objects.requireNonNull(this.encoder.encode(text)));
	}

	/**
	 * Whether the hash is of this password.
	 * @param typed as it was typed
	 * @param hash null if there is no account
	 * @param turn runs directly before the comparison, after the wait for the
	 * {@link HashingBulkhead}
	 * @throws ProblemException 503 when too many passwords are being hashed
	 */
	boolean matches(String typed, @Nullable String hash, Runnable turn) {
		return this.hashing.execute(() -> {
			turn.run();
			return compare(typed, hash);
		});
	}

	private boolean compare(String typed, @Nullable String hash) {
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
