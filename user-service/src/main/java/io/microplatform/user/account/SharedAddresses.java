package io.microplatform.user.account;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * An {@link ApplicationRunner} that logs the accounts whose e-mail addresses are
 * spellings of one address. They were opened before spellings were compared. All of them
 * stay usable until an operator closes accounts or changes addresses.
 */
@Component
class SharedAddresses implements ApplicationRunner {

	private static final Logger log = LoggerFactory.getLogger(SharedAddresses.class);

	private final JdbcClient jdbc;

	SharedAddresses(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		this.jdbc.sql("""
				select string_agg(user_id::text, ', ' order by user_id)
				from email_identity join users on id = user_id
				where identity in (select identity from email_identity where shared) and status <> 'CLOSED'
				group by identity having count(*) > 1 order by min(user_id)""")
			.query(String.class)
			.list()
			.forEach((users) -> log
				.warn("The e-mail addresses of users {} are spellings of one address: each user logs in with its own"
						+ " spelling only", users));
	}

}
