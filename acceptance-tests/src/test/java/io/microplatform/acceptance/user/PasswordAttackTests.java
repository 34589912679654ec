package io.microplatform.acceptance.user;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.Limits;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.client.Reply;
import io.microplatform.lab.platform.PrivatePlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static io.microplatform.lab.platform.TargetPlatform.freshEmail;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that passwords cannot be guessed, and that the owner of an account can log in
 * from a known address during an attack. Needs more than one loopback address.
 */
@AcceptanceTest
@EnabledOnOs(OS.LINUX)
class PasswordAttackTests {

	private static final String WRONG = "a wrong password";

	private static final int ATTEMPTS = 1_000;

	private static final int PER_PAIR = 10;

	private static final int PER_ADDRESS = 100;

	private static final int FROM_NEW_ADDRESSES = 20;

	private static final int ADDRESSES = 200;

	/** The number of attackers, few enough for a short hashing queue. */
	private static final int ATTACKERS_AT_ONCE = 8;

	private static final int LOGINS_OF_THE_OWNER = 5;

	private final PrivatePlatform platform;

	PasswordAttackTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	/** Restores the limits of config-repo, which are raised for other tests. */
	@BeforeAll
	void limit() {
		this.platform.configuration()
			.change("api-gateway", Limits.of("platform.rate-limits.routes.login.per-address", 2, "1s", 200));
		Map<String, String> ofAnAddress = Limits.merge(Limits.of("platform.logins.failures-per-pair", PER_PAIR, "15m"),
				Limits.of("platform.logins.failures-per-address", PER_ADDRESS, "15m"));
		this.platform.configuration()
			.change("user-service", Limits.merge(ofAnAddress,
					Limits.of("platform.logins.failures-from-new-addresses", 1, "10s", FROM_NEW_ADDRESSES)));
		// On a busy machine, Redis may need longer and the instance would decide locally.
		this.platform.configuration().change("application", Map.of("platform.rate-limiter.timeout", "5s"));
		refresh();
	}

	@AfterAll
	void restoreConfiguration() {
		this.platform.configuration().reset();
		refresh();
	}

	@Test
	void oneAddressHasTenAttempts() {
		Account ann = signUp();
		PlatformClient attacker = from("127.0.0.1");
		Map<Integer, Long> statuses = Stream.generate(() -> attacker.login(ann.email(), WRONG).status())
			.limit(ATTEMPTS)
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		assertThat(statuses).containsOnlyKeys(401, 429);
		// One more is allowed after 90 s.
		assertThat(statuses.getOrDefault(401, 0L)).isBetween((long) PER_PAIR, PER_PAIR + 2L);
		Reply refused = attacker.login(ann.email(), ann.password());
		assertThat(refused).isProblem(429);
		assertThat(refused.header("Retry-After").orElse("")).matches("[1-9]\\d*");
		assertThat(ann.logIn()).isJson(200);
	}

	@Test
	void manyAddressesDoNotLockTheOwnerOut() throws Exception {
		Account ann = signUp();
		List<Integer> statuses = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(ATTACKERS_AT_ONCE, Thread.ofVirtual().factory())) {
			List<Future<Integer>> attempts = IntStream.rangeClosed(1, ADDRESSES)
				.mapToObj((number) -> from("127.0.1." + number))
				.map((attacker) -> threads.submit(() -> attacker.login(ann.email(), WRONG).status()))
				.toList();
			for (int login = 0; login < LOGINS_OF_THE_OWNER; login++) {
				assertThat(ann.logIn()).isJson(200);
			}
			for (Future<Integer> attempt : attempts) {
				statuses.add(attempt.get());
			}
		}
		assertThat(statuses).containsOnly(401, 429);
		// One more is allowed every 10 s.
		assertThat(statuses).filteredOn((status) -> status == 401)
			.hasSizeBetween(FROM_NEW_ADDRESSES, FROM_NEW_ADDRESSES + 10);
		assertThat(ann.logIn()).isJson(200);
	}

	/** Registers a user that logs in from an address of no attacker. */
	private Account signUp() {
		Account account = new Account(freshEmail("ann"), UUID.randomUUID().toString(), from("127.0.0.2"));
		account.client().register("Ann", account.email(), account.password()).expect(201);
		account.logIn().expect(200);
		return account;
	}

	private PlatformClient from(String address) {
		return this.platform.guest().withLocalAddress(InetAddress.ofLiteral(address));
	}

	private void refresh() {
		assertThat(this.platform.run("refresh").exitCode()).isZero();
	}

	/** An account with a client at its owner's address. */
	private record Account(String email, String password, PlatformClient client) {

		Reply logIn() {
			return this.client.login(this.email, this.password);
		}

	}

}
