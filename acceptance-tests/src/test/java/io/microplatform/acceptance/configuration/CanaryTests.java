package io.microplatform.acceptance.configuration;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.microplatform.acceptance.client.Account;
import io.microplatform.acceptance.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.acceptance.platform.CommandOutput;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.acceptance.platform.ServedRequests;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.awaitility.Awaitility.await;

/**
 * A new release of a service is started beside the old one, gets a part of the traffic,
 * and none again, all by configuration.
 */
@AcceptanceTest
class CanaryTests {

	private static final String SERVICE = "order-service";

	private static final String OLD = "order-service-1";

	private static final String CANARY = "order-service-2";

	private static final String RELEASE = "1.1";

	private static final int SOME = 100;

	/**
	 * Of chance alone the share of one in ten has a standard deviation of 0.3 points with
	 * ten thousand requests, and of 0.95 points with a thousand; both bounds are five.
	 */
	private static final int MANY = TestRun.isFull() ? 10_000 : 1_000;

	private static final double POINTS = TestRun.isFull() ? 1.5 : 4.75;

	private static final int AT_ONCE = 4;

	private final PrivatePlatform platform;

	private final Account ann;

	CanaryTests(PrivatePlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
	}

	@BeforeAll
	void startUnnoticed() {
		weigh(100, 0);
		succeeds("scale", SERVICE, "2", "--release", RELEASE);
	}

	/** Other tests count on it. */
	@AfterAll
	void asBefore() {
		succeeds("scale", SERVICE, "1");
		this.platform.configuration().reset();
		succeeds("refresh");
	}

	@Test
	void theShareIsAsWeighed() throws Exception {
		weigh(100, 0);
		assertThat(served(SOME, null)).containsEntry(CANARY, 0L);

		weigh(90, 10);
		double percent = 100.0 * served(MANY, null).getOrDefault(CANARY, 0L) / MANY;
		System.out.printf(Locale.ROOT, "%d requests at 90/10: %.2f %% at the new release%n", MANY, percent);
		assertThat(percent).isCloseTo(10, offset(POINTS));

		weigh(100, 0);
		assertThat(served(SOME, null)).containsEntry(CANARY, 0L);
	}

	@Test
	void theHeaderAlwaysWins() throws Exception {
		weigh(100, 0);
		assertThat(served(SOME, RELEASE)).containsEntry(OLD, 0L);
		weigh(0, 100);
		assertThat(served(SOME, "1")).containsEntry(CANARY, 0L);
		assertThat(orders("2")).isProblem(400);
	}

	@Test
	void statusShowsReleasesAndWeights() {
		weigh(90, 10);
		assertThat(succeeds("status").text())
			.contains("traffic of order-service by release: 1 weighs 90, 1.1 weighs 10");
	}

	private void weigh(int old, int fresh) {
		this.platform.configuration()
			.change("application", Map.of("platform.traffic.weights.order-service",
					String.format(Locale.ROOT, "{\"[1]\": %d, \"[%s]\": %d}", old, RELEASE, fresh)));
		succeeds("refresh");
	}

	private CommandOutput succeeds(String... command) {
		CommandOutput output = this.platform.run(command);
		assertThat(output.exitCode()).as(output.text()).isZero();
		return output;
	}

	/** Sends so many requests, none of which fails, and counts who has answered them. */
	private Map<String, Long> served(int requests, @Nullable String release) throws Exception {
		ServedRequests served = ServedRequests.from(this.platform.processes(), SERVICE, "/orders");
		Callable<Reply> request = () -> orders(release);
		try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
			for (Future<Reply> reply : threads.invokeAll(Collections.nCopies(requests, request))) {
				assertThat(reply.get()).isJson(200);
			}
		}
		return await().until(served::byInstance,
				(counts) -> counts.values().stream().mapToLong(Long::longValue).sum() == requests);
	}

	private Reply orders(@Nullable String release) {
		var request = this.ann.client().request("/orders?limit=1").GET();
		return this.ann.client().send((release != null) ? request.header("X-Release", release) : request);
	}

}
