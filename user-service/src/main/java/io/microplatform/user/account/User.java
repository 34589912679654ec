package io.microplatform.user.account;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;

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
 */
@Table("users")
record User(@Id @Nullable Long id, String name, String email, String emailKey, String passwordHash,
		BigDecimal creditLimit, BigDecimal creditAvailable, Instant createdAt) {

	static User register(String name, String email, String passwordHash, BigDecimal creditLimit, Instant now) {
		return new User(null, name, email, emailKey(email), passwordHash, creditLimit, creditLimit, now);
	}

	static String emailKey(String email) {
		return email.toLowerCase(Locale.ROOT);
	}

}
