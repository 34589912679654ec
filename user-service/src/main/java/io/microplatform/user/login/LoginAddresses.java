package io.microplatform.user.login;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The addresses from which users have logged in, as hashes. An expired address is
 * unknown, whether or not it is deleted.
 */
@Repository
class LoginAddresses {

	private static final Logger log = LoggerFactory.getLogger(LoginAddresses.class);

	/** An id that no user has. */
	private static final long NO_USER = 0;

	private final JdbcClient jdbc;

	private final Clock clock;

	LoginAddresses(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Returns whether the user has logged in from the address. The same query runs if the
	 * user does not exist, so that the response time does not reveal it.
	 * @param userId the user, {@code null} if the account does not exist
	 * @param age the age at which an address is forgotten
	 */
	boolean isKnown(@Nullable Long userId, String address, Duration age) {
		long user = Objects.requireNonNullElse(userId, NO_USER);
		return this.jdbc.sql("""
				select exists (
					select from login_addresses
					where user_id = :user and address_hash = :hash and last_login_at > :expired)""")
			.param("user", user)
			.param("hash", hash(user, address))
			.param("expired", now().minus(age))
			.query(Boolean.class)
			.single();
	}

	/**
	 * Records that the user has logged in from the address. A failure, for example of a
	 * read-only database, is logged and does not fail the login.
	 */
	void remember(long userId, String address) {
		try {
			this.jdbc.sql("""
					insert into login_addresses (user_id, address_hash, last_login_at) values (:user, :hash, :now)
					on conflict (user_id, address_hash) do update set last_login_at = excluded.last_login_at""")
				.param("user", userId)
				.param("hash", hash(userId, address))
				.param("now", now())
				.update();
		}
		catch (DataAccessException ex) {
			log.warn("Failed to record the address of a login of user {}", userId, ex);
		}
	}

	private static byte[] hash(long userId, String address) {
		return LoginAttempt.hash(Long.toString(userId), address);
	}

	private OffsetDateTime now() {
		return this.clock.instant().atOffset(ZoneOffset.UTC);
	}

}
