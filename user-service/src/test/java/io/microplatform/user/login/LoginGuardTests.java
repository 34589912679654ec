package io.microplatform.user.login;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.limit.Limit;
import io.microplatform.instance.limit.RateLimiter;
import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.problem.ProblemException;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.user.account.AuthenticatedUser;
import io.microplatform.user.account.UserService;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Attacks on accounts, without hashing, from addresses that no other test uses.
 */
@ServiceTest
class LoginGuardTests {

	private static final Duration KNOWN_FOR = Duration.ofDays(90);

	private static final int PER_PAIR = 3;

	private static final int PER_ADDRESS = 10;

	private static final int FROM_NEW_ADDRESSES = 5;

	private final String email = "ada" + UUID.randomUUID() + "@example.org";

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final JdbcClient jdbc;

	private final LoginGuard guard;

	private int compared;

	LoginGuardTests(RateLimiter limiter, UserService users, LoginAddresses addresses, JdbcClient jdbc) {
		this.jdbc = jdbc;
		this.guard = new LoginGuard(limiter, users, addresses,
				new Refreshable<>(
						new LoginProperties(limit(PER_PAIR), limit(PER_ADDRESS), limit(FROM_NEW_ADDRESSES), KNOWN_FOR)),
				new LoginMetrics(this.meters));
	}

	@Test
	void aPairIsRefusedAfterItsFailuresWithoutAComparison() {
		String address = address();
		for (int i = 0; i < PER_PAIR; i++) {
			assertThat(fail(this.email, address)).isTrue();
		}
		assertThat(fail(this.email, address)).isFalse();
		assertThat(this.compared).isEqualTo(PER_PAIR);
		assertThat(fail("other" + this.email, address)).isTrue();
		assertThat(fail(this.email, address())).isTrue();
		assertThat(this.meters.get("logins").tag("outcome", "refused").counter().count()).isOne();
	}

	@Test
	void aRefusalSaysWhenToTryAgainAndNotWhy() {
		String address = address();
		for (int i = 0; i < PER_PAIR; i++) {
			fail(this.email, address);
		}
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> this.guard.attempt(this.email, address, (_, _) -> Optional.empty()))
			.satisfies((ex) -> {
				assertThat(ex.getStatusCode().value()).isEqualTo(ProblemKind.TOO_MANY_REQUESTS.status());
				int seconds = Integer.parseInt(
						Objects.requireNonNull(ex.getHeaders().getFirst(HttpHeaders.RETRY_AFTER), "no Retry-After"));
				assertThat(seconds).isBetween(1, (int) Duration.ofHours(1).toSeconds());
				assertThat(ex.getBody().getDetail())
					.isEqualTo("Too many failed logins. Try again in " + seconds + " s.");
			});
	}

	@Test
	void spellingsOfAnAddressAreOneAccount() {
		String address = address();
		for (String spelling : List.of(this.email, this.email.toUpperCase(Locale.ROOT),
				"a\u200b" + this.email.substring(1))) {
			assertThat(fail(spelling, address)).isTrue();
		}
		assertThat(fail(this.email, address)).isFalse();
	}

	@Test
	void anAddressIsRefusedAfterItsFailuresWithAnyAccounts() {
		String address = address();
		for (int i = 0; i < PER_ADDRESS; i++) {
			assertThat(fail(i + this.email, address)).isTrue();
		}
		assertThat(fail("another" + this.email, address)).isFalse();
		assertThat(fail("another" + this.email, address())).isTrue();
	}

	@Test
	void anAttackFromManyAddressesDoesNotLockOutTheOwner() {
		long user = user();
		String home = address();
		assertThat(succeed(user, home)).isTrue();
		for (int i = 0; i < FROM_NEW_ADDRESSES; i++) {
			assertThat(fail(this.email, address())).isTrue();
		}
		assertThat(fail(this.email, address())).isFalse();
		assertThat(succeed(user, address())).isFalse();
		assertThat(succeed(user, home)).isTrue();
		assertThat(fail(this.email, home)).isTrue();
	}

	@Test
	void anAddressIsForgotten() {
		long user = user();
		String home = address();
		assertThat(succeed(user, home)).isTrue();
		assertThat(this.jdbc.sql("""
				update login_addresses set last_login_at = last_login_at - make_interval(days => 91)
				where user_id = :user""").param("user", user).update()).isOne();
		for (int i = 0; i < FROM_NEW_ADDRESSES; i++) {
			assertThat(fail(this.email, address())).isTrue();
		}
		assertThat(succeed(user, home)).isFalse();
	}

	@Test
	void anAddressIsKnownOfItsUserOnly() {
		String home = address();
		assertThat(succeed(user(), home)).isTrue();
		String other = "other" + this.email;
		for (int i = 0; i < FROM_NEW_ADDRESSES; i++) {
			assertThat(fail(other, address())).isTrue();
		}
		assertThat(fail(other, home)).isFalse();
	}

	@Test
	void successesCostNothing() {
		long user = user();
		String address = address();
		for (int i = 0; i < 2 * PER_ADDRESS; i++) {
			assertThat(succeed(user, address)).isTrue();
		}
		assertThat(fail(this.email, address)).isTrue();
	}

	@Test
	void anAttemptThatWaitedForItsTurnIsChargedThen() {
		String address = address();
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> this.guard.attempt(this.email, address, (_, turn) -> {
				for (int i = 0; i < PER_PAIR; i++) {
					assertThat(fail(this.email, address)).isTrue();
				}
				turn.run();
				throw new AssertionError("compared after too many failures");
			}));
		assertThat(this.compared).isEqualTo(PER_PAIR);
	}

	@Test
	void whatIsNotDecidedCostsNothing() {
		String address = address();
		for (int i = 0; i < 2 * PER_ADDRESS; i++) {
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> this.guard.attempt(this.email, address, (_, turn) -> {
					turn.run();
					throw new IllegalStateException("the database is away");
				}));
		}
		assertThat(fail(this.email, address)).isTrue();
	}

	@Test
	void theAddressIsStoredAsAHash() {
		long user = user();
		String home = address();
		succeed(user, home);
		assertThat(this.jdbc.sql("select address_hash from login_addresses where user_id = :user")
			.param("user", user)
			.query(byte[].class)
			.single()).hasSize(32).isEqualTo(LoginAttempt.hash(Long.toString(user), home));
	}

	/** Whether the password was compared. */
	private boolean fail(String typed, String address) {
		return attempt(typed, address, Optional.empty());
	}

	private boolean succeed(long user, String address) {
		return attempt(this.email, address, Optional.of(new AuthenticatedUser(user, List.of("USER"))));
	}

	private boolean attempt(String typed, String address, Optional<AuthenticatedUser> result) {
		int before = this.compared;
		try {
			assertThat(this.guard.attempt(typed, address, (_, turn) -> {
				turn.run();
				this.compared++;
				return result;
			})).isEqualTo(result);
		}
		catch (ProblemException ex) {
			assertThat(ex.getStatusCode().value()).isEqualTo(429);
		}
		return this.compared > before;
	}

	private long user() {
		return this.jdbc.sql("""
				insert into users (name, email, email_key, password_hash, credit_limit, credit_available, created_at)
				values ('Ada', :email, :email, '', 0, 0, now()) returning id""")
			.param("email", this.email)
			.query(Long.class)
			.single();
	}

	private static Limit limit(int failures) {
		return new Limit(failures, Duration.ofHours(1), failures);
	}

	private static String address() {
		byte[] random = new byte[8];
		ThreadLocalRandom.current().nextBytes(random);
		return HexFormat.of().formatHex(random) + "/64";
	}

}
