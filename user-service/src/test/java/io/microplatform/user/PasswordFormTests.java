package io.microplatform.user;

import java.text.Normalizer;
import java.time.Duration;
import java.util.UUID;

import io.microplatform.starter.test.ServiceTest;
import io.microplatform.user.UserClient.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One password in several forms of Unicode.
 */
@ServiceTest
class PasswordFormTests {

	private static final String DECOMPOSED = "pa\u0308ssword";

	private static final String COMPOSED = "p\u00e4ssword";

	private final String email = UUID.randomUUID() + "@example.org";

	private final UserClient users;

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	PasswordFormTests(@LocalServerPort int port, JdbcClient jdbc, TransactionTemplate transactions) {
		this.users = new UserClient(port);
		this.jdbc = jdbc;
		this.transactions = transactions;
	}

	@ParameterizedTest
	@CsvSource({ COMPOSED + ", " + DECOMPOSED, DECOMPOSED + ", " + COMPOSED, "correct horse, correct\u00a0horse",
			"correct\u3000horse, correct horse",
			"\ud55c\uae00\ud55c\uae00, \u1112\u1161\u11ab\u1100\u1173\u11af\ud55c\uae00",
			"\u212bngstr\u00f6m, \u00c5ngstro\u0308m" })
	void isOnePassword(String chosen, String typed) {
		assertThat(this.users.register(this.email, chosen).status()).isEqualTo(201);
		assertThat(login(typed)).isEqualTo(200);
		assertThat(login(chosen)).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "correct horse, Correct horse", "correct horse, correct  horse", "\uff41\uff41\uff41, aaaaaaaaa",
			"\ufb01rst one, first one" })
	void otherPasswordsAreOtherPasswords(String chosen, String typed) {
		assertThat(this.users.register(this.email, chosen).status()).isEqualTo(201);
		assertThat(login(typed)).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "secret12\0secret12", "secret12\0", "secret12\t", "secret12\n", "secret12\u007f",
			"secret12\u0085", "secret12\u200b", "\ufeffsecret12", "secret\u00ad12", "secret12\u2028", "secret12\ud83d",
			"secret12\u0378", "se\u0301cret" })
	void isRefusedByTheNameOfTheFieldWhenItHasOtherCharactersOrTooFewBytes(String chosen) {
		Answer answer = this.users.register(this.email, chosen);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().get("errors").get(0).get("field").asString()).isEqualTo("password");
	}

	@Test
	void isMeasuredInBytesOfItsComposedForm() {
		String chosen = "\ud55c".repeat(24);
		assertThat(this.users.register(this.email, Normalizer.normalize(chosen, Normalizer.Form.NFD)).status())
			.isEqualTo(201);
		assertThat(login(chosen)).isEqualTo(200);
		assertThat(login(chosen + "x")).isEqualTo(401);
		assertThat(login("a" + "\u0301\u0316".repeat(5000))).isEqualTo(401);
		assertThat(this.users.register("2" + this.email, chosen + "x").status()).isEqualTo(400);
	}

	@Test
	void whatBcryptTakesForTheSameIsWrong() {
		this.users.register(this.email, "secret12");
		assertThat(login("secret12\0secret12")).isEqualTo(401);
		assertThat(login("secret12\0")).isEqualTo(401);
		assertThat(login("")).isEqualTo(400);
	}

	@Test
	void aHashOfTheTypedFormIsReplacedAtTheNextLogin() {
		storeLikeBefore(DECOMPOSED);
		assertThat(login(COMPOSED)).isEqualTo(401);
		assertThat(hash()).startsWith("{bcrypt}$2a$");
		assertThat(login(DECOMPOSED)).isEqualTo(200);
		assertThat(hash()).startsWith("{bcrypt}$2b$");
		assertThat(login(COMPOSED)).isEqualTo(200);
		assertThat(login(DECOMPOSED)).isEqualTo(200);
	}

	@Test
	void aShortFormOfAnOldPasswordOpensItsAccount() {
		storeLikeBefore("a\u0308a\u0308a");
		assertThat(login("a\u0308a\u0308a")).isEqualTo(401);
		storeLikeBefore("a\u0308a\u0308aa");
		assertThat(login("a\u0308a\u0308aa")).isEqualTo(200);
		assertThat(login("\u00e4\u00e4aa")).isEqualTo(200);
	}

	@Test
	void anOldPasswordThatCannotBeChosenAnyMoreOpensItsAccount() {
		storeLikeBefore("abc\0abc\0a\u0308");
		assertThat(login("abc\0abc\0a\u0308")).isEqualTo(200);
		assertThat(login("abc\0abc\0a\u0308")).isEqualTo(200);
		storeLikeBefore("abc\0abc\0abc");
		assertThat(login("abc\0abc\0abc")).isEqualTo(200);
		assertThat(login("abc")).isEqualTo(401);
	}

	@Test
	void aLoginDoesNotWaitForALockedRow() {
		storeLikeBefore(COMPOSED);
		this.transactions.executeWithoutResult((transaction) -> {
			this.jdbc.sql("select id from users where email = :email for update")
				.param("email", this.email)
				.query(Long.class)
				.single();
			long start = System.nanoTime();
			assertThat(login(COMPOSED)).isEqualTo(200);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
		});
		assertThat(hash()).startsWith("{bcrypt}$2a$");
	}

	/** What the release before stored: the hash of what was typed. */
	private void storeLikeBefore(String typed) {
		this.users.register(this.email, UserClient.PASSWORD);
		this.jdbc.sql("update users set password_hash = :hash where email = :email")
			.param("hash", "{bcrypt}" + new BCryptPasswordEncoder().encode(typed))
			.param("email", this.email)
			.update();
	}

	private String hash() {
		return this.jdbc.sql("select password_hash from users where email = :email")
			.param("email", this.email)
			.query(String.class)
			.single();
	}

	private int login(String password) {
		return this.users.login(this.email, password).status();
	}

}
