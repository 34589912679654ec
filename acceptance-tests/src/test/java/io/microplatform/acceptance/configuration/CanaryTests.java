package io.microplatform.acceptance.configuration;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.StartsInstances;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.lab.platform.CommandOutput;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.ServedRequests;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.awaitility.Awaitility.await;

/**
 * Tests of a canary release: a new release runs beside the old one and gets a configured
 * share of the traffic.
 */
@AcceptanceTest
@StartsInstances
class CanaryTests {

	private static final String SERVICE = "order-service";

	private static final String OLD = "order-service-1";

	private static final String CANARY = "order-service-2";

	private static final String RELEASE = "1.1";

	private static final int FEW_REQUESTS = 100;

	/**
	 * Number of requests. With ten thousand requests a share of one in ten has a standard
	 * deviation of 0.3 percentage points, and with a thousand 0.95; the tolerances are
	 * five standard deviations.
	 */
	private static final int MANY_REQUESTS = TestRun.isFull() ? 10_000 : 1_000;

	private static final double TOLERANCE = TestRun.isFull() ? 1.5 : 4.75;

	private static final int THREADS = 4;

	private final PrivatePlatform platform;

	private final ClientAccount ann;

	CanaryTests(PrivatePlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
	}

	@BeforeAll
	void startCanaryWithoutTraffic() {
		// One user sends all requests.
		this.platform.configuration().change("api-gateway", Map.of("platform.rate-limits.enabled", "false"));
		setWeights(100, 0);
		runSuccessfully("scale", SERVICE, "2", "--release", RELEASE);
	}

	/** Other tests require the initial configuration and one instance. */
	@AfterAll
	void restoreConfiguration() {
		runSuccessfully("scale", SERVICE, "1");
		this.platform.configuration().reset();
		runSuccessfully("refresh");
	}

	@Test
	void trafficFollowsTheWeights() throws Exception {
		setWeights(100, 0);
		assertThat(served(FEW_REQUESTS, null)).containsEntry(CANARY, 0L);

		setWeights(90, 10);
		double percent = 100.0 * served(MANY_REQUESTS, null).getOrDefault(CANARY, 0L) / MANY_REQUESTS;
		System.out.printf(Locale.ROOT, "%d requests with weights 90 and 10: %.2f %% served by the canary%n",
				MANY_REQUESTS, percent);
		assertThat(percent).isCloseTo(10, offset(TOLERANCE));

		setWeights(100, 0);
		assertThat(served(FEW_REQUESTS, null)).containsEntry(CANARY, 0L);
	}

	@Test
	void releaseHeaderOverridesWeights() throws Exception {
		setWeights(100, 0);
		assertThat(served(FEW_REQUESTS, RELEASE)).containsEntry(OLD, 0L);
		setWeights(0, 100);
		assertThat(served(FEW_REQUESTS, "1")).containsEntry(CANARY, 0L);
		assertThat(orders("2")).isProblem(400);
	}

	@Test
	void statusShowsReleasesAndWeights() {
		setWeights(90, 10);
		assertThat(runSuccessfully("status").text())
			.contains("traffic of order-service by release: 1 weighs 90, 1.1 weighs 10");
	}

	private void setWeights(int old, int canary) {
		this.platform.configuration()
			.change("application", Map.of("platform.traffic.weights.order-service",
					String.format(Locale.ROOT, "{\"[1]\": %d, \"[%s]\": %d}", old, RELEASE, canary)));
		runSuccessfully("refresh");
	}

	private CommandOutput runSuccessfully(String... command) {
		CommandOutput output = this.platform.run(command);
		assertThat(output.exitCode()).as(output.text()).isZero();
		return output;
	}

	/**
	 * Sends requests, all of which must succeed, and counts them by the instance that
	 * served them.
	 */
	private Map<String, Long> served(int requests, @Nullable String release) throws Exception {
		ServedRequests served = ServedRequests.from(this.platform.processes(), SERVICE, "/orders");
		Callable<Reply> request = () -> orders(release);
		try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
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
