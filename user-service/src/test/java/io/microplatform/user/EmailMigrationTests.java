package io.microplatform.user;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.postgres.Postgres;
import io.microplatform.starter.test.AnotherInstance;
import io.microplatform.starter.test.ConfiguredLikeUp;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A database of the release that compared addresses in lower case only.
 */
@ExtendWith(OutputCaptureExtension.class)
class EmailMigrationTests {

	private static final String SERVICE = "user-service";

	private static final String LAST_OF_THE_RELEASE_BEFORE = "2026.11.26.4";

	private static final String COMPOSED = "j\u00fcrgen@example.org";

	private static final String DECOMPOSED = "Ju\u0308rgen@example.org";

	private static final String INVISIBLE = "j\u00fcr\u200bgen@example.org";

	private static final String FULL_WIDTH_ADMIN = "\uff21dmin@example.org";

	private final DriverManagerDataSource database = createDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	@Test
	void accountsThatShareAnAddressAreNamedAndStayAsTheyAre(CapturedOutput output) {
		Flyway.configure().dataSource(this.database).target(LAST_OF_THE_RELEASE_BEFORE).load().migrate();
		long composed = insert(COMPOSED, "composed");
		long decomposed = insert(DECOMPOSED, "decomposed");
		long invisible = insert(INVISIBLE, "invisible");
		insert("a\u2011b@b\u00fccher.example", "other one");
		insert(FULL_WIDTH_ADMIN, "not the configured one");
		String before = books();

		try (AnotherInstance instance = AnotherInstance.with(Map.of("platform.database.url", url()),
				UserServiceApplication.class)) {
			UserClient users = new UserClient(instance.port());
			assertThat(output)
				.contains(String.format(Locale.ROOT, "The e-mail addresses of users %d, %d, %d are", composed,
						decomposed, invisible))
				.containsOnlyOnce("are spellings of one address");
			assertThat(books()).isEqualTo(before);
			assertThat(users.login(COMPOSED, "composed").status()).isEqualTo(200);
			assertThat(users.login(DECOMPOSED, "decomposed").status()).isEqualTo(200);
			assertThat(users.login(INVISIBLE, "invisible").status()).isEqualTo(200);
			assertThat(users.login(DECOMPOSED.toUpperCase(Locale.ROOT), "decomposed").status()).isEqualTo(200);
			assertThat(users.login("j\u00fcrg\u00aden@EXAMPLE.org", "composed").status()).isEqualTo(200);
			this.jdbc.sql("update users set status = 'CLOSED' where id = :id").param("id", composed).update();
			assertThat(users.login("j\u00fcrg\u00aden@EXAMPLE.org", "decomposed").status()).isEqualTo(200);
			assertThat(users.register("\uff4a\u00fcrgen@example.org", "long enough").status()).isEqualTo(409);
			assertThat(users.login("A\u2010b@xn--bcher-kva.example", "other one").status()).isEqualTo(200);
			assertThat(users.login(ConfiguredLikeUp.ADMIN_EMAIL, "not the configured one").status()).isEqualTo(200);
		}
	}

	/** Everything of the accounts but the hashes, which the logins renew. */
	private String books() {
		return this.jdbc
			.sql("select string_agg(concat_ws('|', id, email, email_key, name, role, status, version), ';' "
					+ "order by id) from users")
			.query(String.class)
			.single();
	}

	private long insert(String email, String password) {
		return this.jdbc.sql("""
				insert into users (name, email, email_key, password_hash, credit_limit, credit_available, created_at)
				values ('Ada', :email, :key, :hash, 0, 0, now()) returning id""")
			.param("email", email)
			.param("key", email.toLowerCase(Locale.ROOT))
			.param("hash", "{bcrypt}" + new BCryptPasswordEncoder().encode(password))
			.query(Long.class)
			.single();
	}

	private String url() {
		return String.valueOf(this.database.getUrl());
	}

	private static DriverManagerDataSource createDatabase() {
		Postgres postgres = LocalInfrastructure.shared().postgres();
		String name = "users_" + UUID.randomUUID().toString().replace("-", "");
		try (Connection connection = postgres.connect("postgres"); Statement statement = connection.createStatement()) {
			statement.execute("create database %s owner %s".formatted(name, Postgres.databaseOf(SERVICE)));
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		Map<String, String> properties = LocalInfrastructure.shared().propertiesFor(SERVICE);
		return new DriverManagerDataSource(postgres.jdbcUrl(name),
				String.valueOf(properties.get("platform.database.username")),
				String.valueOf(properties.get("platform.database.password")));
	}

}
