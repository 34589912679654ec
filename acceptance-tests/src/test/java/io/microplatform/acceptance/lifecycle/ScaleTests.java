package io.microplatform.acceptance.lifecycle;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.client.Account;
import io.microplatform.acceptance.platform.CommandOutput;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.acceptance.platform.ServedRequests;
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
 * What {@code scale} and {@code restart} leave behind is there, and is served, from the
 * moment at which they return.
 */
@AcceptanceTest
class ScaleTests {

	private static final String SERVICE = "order-service";

	/** To one instance. */
	private static final int REQUESTS = 12;

	private final PrivatePlatform platform;

	private final Account ann;

	ScaleTests(PrivatePlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
	}

	/** Other tests count on it. */
	@AfterEach
	void oneInstance() {
		if (this.platform.processes().instancesOf(SERVICE).size() != 1) {
			succeeds("scale", SERVICE, "1");
		}
	}

	@Test
	void asManyInstancesServeAsAreAskedFor() {
		succeeds("scale", SERVICE, "3");
		assertThat(states()).containsOnly(entry("order-service-1", "UP"), entry("order-service-2", "UP"),
				entry("order-service-3", "UP"));
		assertThat(requestsAreServedByEach()).hasSize(3)
			.allSatisfy((instance, count) -> assertThat(count).isPositive());

		CommandOutput demo = succeeds("demo");
		assertThat(demo.text()).contains("at order-service-1", "at order-service-2", "at order-service-3")
			.doesNotContain("scaled");

		succeeds("scale", SERVICE, "1");
		assertThat(states()).containsOnly(entry("order-service-1", "UP"));
		assertThat(requestsAreServed()).containsOnlyKeys("order-service-1");
	}

	@Test
	void aRestartedServiceServes() {
		List<Long> before = pids();
		succeeds("restart", SERVICE);
		assertThat(requestsAreServed()).containsOnlyKeys("order-service-1");
		assertThat(pids()).hasSize(1).doesNotContainAnyElementsOf(before);
	}

	private CommandOutput succeeds(String... command) {
		CommandOutput output = this.platform.run(command);
		assertThat(output.exitCode()).as(output.text()).isZero();
		return output;
	}

	/** Sends requests, none of which fails, and counts who has answered them. */
	private Map<String, Long> requestsAreServed() {
		ServedRequests served = ServedRequests.from(this.platform.processes(), SERVICE, "/orders");
		for (int request = 0; request < REQUESTS; request++) {
			assertThat(this.ann.client().orders("")).isJson(200);
		}
		return await().until(served::byInstance,
				(counts) -> counts.values().stream().mapToLong(Long::longValue).sum() == REQUESTS);
	}

	/**
	 * Sends requests, none of which fails, until each instance has answered one. How many
	 * that takes is chance: newcomers come gradually, and among idle ones lots are drawn.
	 */
	private Map<String, Long> requestsAreServedByEach() {
		ServedRequests served = ServedRequests.from(this.platform.processes(), SERVICE, "/orders");
		return await().until(() -> {
			assertThat(this.ann.client().orders("")).isJson(200);
			return served.byInstance();
		}, (counts) -> counts.values().stream().allMatch((count) -> count > 0));
	}

	/** What {@code status} says of the service's instances. */
	private Map<String, String> states() {
		JsonNode status = JsonMapper.shared().readTree(succeeds("status", "--json").text());
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
