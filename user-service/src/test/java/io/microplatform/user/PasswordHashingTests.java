package io.microplatform.user;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.user.UserClient.Person;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A flood of logins while no password can be hashed.
 */
@ServiceTest
class PasswordHashingTests {

	/** The number of logins, which exceeds the number of database connections. */
	private static final int LOGINS = 30;

	private final UserClient users;

	private final Bulkhead hashing;

	private final MeterRegistry meters;

	PasswordHashingTests(@LocalServerPort int port, BulkheadRegistry bulkheads, MeterRegistry meters) {
		this.users = new UserClient(port);
		this.hashing = bulkheads.bulkhead("password-hashing");
		this.meters = meters;
	}

	@Test
	void otherRequestsAreAnsweredWhileLoginsWaitForTheirTurn() throws Exception {
		Person ann = this.users.person();
		String administrator = this.users.administrator();
		List<Future<Integer>> logins;
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			occupy();
			try {
				logins = IntStream.range(0, LOGINS).mapToObj((i) -> threads.submit(this::login)).toList();
				await().until(() -> gauge("password.hashing.waiting") == LOGINS);
				long start = System.nanoTime();
				assertThat(this.users.get("/users", administrator).status()).isEqualTo(200);
				assertThat(this.users.get(ann.path(), ann.token()).status()).isEqualTo(200);
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
				assertThat(gauge("requests.in.progress")).isLessThan(LOGINS);
				assertThat(logins).noneMatch(Future::isDone);
			}
			finally {
				leave();
			}
		}
		assertThat(logins).extracting(Future::get).containsOnly(401);
	}

	@Test
	void thePlacesAreMetrics() {
		assertThat(this.meters.get("resilience4j.bulkhead.max.allowed.concurrent.calls")
			.tag("name", "password-hashing")
			.gauge()
			.value()).isEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
	}

	private int login() {
		return this.users.login(UUID.randomUUID() + "@example.org", UserClient.PASSWORD).status();
	}

	private void occupy() {
		for (int i = 0; i < this.hashing.getMetrics().getMaxAllowedConcurrentCalls(); i++) {
			this.hashing.acquirePermission();
		}
	}

	private void leave() {
		for (int i = 0; i < this.hashing.getMetrics().getMaxAllowedConcurrentCalls(); i++) {
			this.hashing.releasePermission();
		}
	}

	private double gauge(String name) {
		return this.meters.get(name).gauge().value();
	}

}
