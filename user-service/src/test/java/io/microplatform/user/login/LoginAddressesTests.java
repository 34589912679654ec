package io.microplatform.user.login;

import java.util.concurrent.ThreadLocalRandom;

import io.microplatform.starter.background.ExpiredRows;
import io.microplatform.starter.test.ServiceTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Addresses of logins are deleted when they are no longer known.
 */
@ServiceTest
class LoginAddressesTests {

	private final long user = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 52);

	private final ExpiredRows expired;

	private final LoginAddresses addresses;

	private final JdbcClient jdbc;

	LoginAddressesTests(@Qualifier("expiredLoginAddresses") ExpiredRows expired, LoginAddresses addresses,
			JdbcClient jdbc) {
		this.expired = expired;
		this.addresses = addresses;
		this.jdbc = jdbc;
	}

	@Test
	void anExpiredAddressIsDeletedAndAYoungerOneIsNot() {
		this.addresses.remember(this.user, "old");
		age(91);
		this.addresses.remember(this.user, "young");
		this.expired.run();
		assertThat(rows()).isEqualTo(1);
		age(91);
		this.expired.run();
		assertThat(rows()).isZero();
	}

	private void age(int days) {
		this.jdbc.sql("""
				update login_addresses set last_login_at = last_login_at - make_interval(days => :days)
				where user_id = :user""").param("days", days).param("user", this.user).update();
	}

	private long rows() {
		return this.jdbc.sql("select count(*) from login_addresses where user_id = :user")
			.param("user", this.user)
			.query(Long.class)
			.single();
	}

}
