package io.microplatform.user.account;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A person with an account.
 *
 * @param id assigned by the database
 * @param name 1 to 50 characters
 * @param email as it was given
 * @param emailKey the e-mail by which people are told apart: without case
 * @param passwordHash encoded, with the name of its algorithm in front
 * @param creditLimit two digits after the point
 * @param creditAvailable what of the limit is not reserved
 * @param createdAt when the account was opened
 * @param role what the person may do
 * @param status whether the account can be used
 * @param version grows with every change of what is shown of the user
 */
@Table("users")
record User(@Id @Nullable Long id, String name, String email, String emailKey, String passwordHash,
		BigDecimal creditLimit, BigDecimal creditAvailable, Instant createdAt, Role role, Status status, long version) {

	static User register(Registration registration, Role role, String passwordHash, BigDecimal creditLimit,
			Instant now) {
		return new User(null, registration.name(), registration.email(), emailKey(registration.email()), passwordHash,
				creditLimit, creditLimit, now, role, Status.ACTIVE, 0);
	}

	long requiredId() {
		return Objects.requireNonNull(this.id, "not saved yet");
	}

	static String emailKey(String email) {
		return email.toLowerCase(Locale.ROOT);
	}

}
