package io.microplatform.acceptance.lifecycle;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.StartsInstances;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.platform.CommandOutput;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.ServedRequests;
import io.microplatform.local.process.RunRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

/**
 * Tests that {@code scale} and {@code restart} return only when the instances serve
 * requests.
 */
@AcceptanceTest
@StartsInstances
class ScaleTests {

	private static final String SERVICE = "order-service";

	/** Number of requests to a single instance. */
	private static final int REQUESTS = 12;

	private final PrivatePlatform platform;

	private final ClientAccount ann;

	ScaleTests(PrivatePlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
	}

	/** Other tests require a single instance. */
	@AfterEach
	void scaleToOneInstance() {
		if (this.platform.processes().instancesOf(SERVICE).size() != 1) {
			runSuccessfully("scale", SERVICE, "1");
		}
	}

	@Test
	void everyRequestedInstanceServes() {
		runSuccessfully("scale", SERVICE, "3");
		assertThat(states()).containsOnly(entry("order-service-1", "UP"), entry("order-service-2", "UP"),
				entry("order-service-3", "UP"));
		assertThat(sendUntilEachInstanceServes()).hasSize(3)
			.allSatisfy((instance, count) -> assertThat(count).isPositive());

		if (TestRun.isFull()) {
			CommandOutput demo = runSuccessfully("demo");
			assertThat(demo.text()).contains("at order-service-1", "at order-service-2", "at order-service-3")
				.doesNotContain("scaled");
		}

		runSuccessfully("scale", SERVICE, "1");
		assertThat(states()).containsOnly(entry("order-service-1", "UP"));
		assertThat(sendRequests()).containsOnlyKeys("order-service-1");
	}

	@Test
	void aRestartedInstanceServes() {
		List<Long> before = pids();
		runSuccessfully("restart", SERVICE);
		assertThat(sendRequests()).containsOnlyKeys("order-service-1");
		assertThat(pids()).hasSize(1).doesNotContainAnyElementsOf(before);
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
	private Map<String, Long> sendRequests() {
		ServedRequests served = ServedRequests.from(this.platform.processes(), SERVICE, "/orders");
		for (int request = 0; request < REQUESTS; request++) {
			assertThat(this.ann.client().orders("")).isJson(200);
		}
		return await().until(served::byInstance,
				(counts) -> counts.values().stream().mapToLong(Long::longValue).sum() == REQUESTS);
	}

	/**
	 * Sends requests, all of which must succeed, until each instance has served one.
	 * Their number is random, because new instances receive a growing share and idle
	 * instances are selected at random.
	 */
	private Map<String, Long> sendUntilEachInstanceServes() {
		ServedRequests served = ServedRequests.from(this.platform.processes(), SERVICE, "/orders");
		return await().until(() -> {
			assertThat(this.ann.client().orders("")).isJson(200);
			return served.byInstance();
		}, (counts) -> counts.values().stream().allMatch((count) -> count > 0));
	}

	/** Returns the state of each instance in the output of {@code status}. */
	private Map<String, String> states() {
		JsonNode status = JsonMapper.shared().readTree(runSuccessfully("status", "--json").text());
		return status.path("processes")
			.valueStream()
			.filter((process) -> process.path("name").asString().equals(SERVICE))
			.collect(Collectors.toMap((process) -> process.path("instance").asString(),
					(process) -> process.path("state").asString()));
	}

	private List<Long> pids() {
		return this.platform.processes().instancesOf(SERVICE).stream().map(RunRecord::pid).toList();
	}

}
