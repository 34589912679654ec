package io.microplatform.acceptance.lifecycle;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.Installed;
import io.microplatform.acceptance.fixture.StartsInstances;
import io.microplatform.lab.platform.CommandOutput;
import io.microplatform.lab.platform.ProcessFootprint;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.local.process.RunRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@AcceptanceTest
@StartsInstances
class LifecycleTests {

	private static final List<String> INSTANCES = Stream
		.concat(Stream.of("api-gateway", "config-server", "discovery-server", "kafka", "order-service-1", "postgresql",
				"redis", "user-service-1", "zipkin", "admin-server"),
				Installed.prometheus() ? Stream.of("prometheus", "alertmanager", "node-exporter", "postgres-exporter",
						"redis-exporter") : Stream.empty())
		.toList();

	private static final Duration DECISION_TIMEOUT = Duration.ofSeconds(15);

	private final PrivatePlatform platform;

	private boolean mayBeDown;

	LifecycleTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	/** Other tests, in any order, need the platform. */
	@AfterEach
	void startThePlatform() {
		if (this.mayBeDown) {
			this.platform.up();
			this.mayBeDown = false;
		}
	}

	@Test
	void upDoesNotRestartRunningProcesses() {
		Map<String, Long> before = pids();
		CommandOutput up = this.platform.up();
		assertThat(pids()).isEqualTo(before).containsOnlyKeys(INSTANCES);
		assertThat(up.text()).contains(INSTANCES);
		assertThat(up.lastLine()).matches("ready in \\d+\\.\\d s");
	}

	@Test
	void statusShowsEveryProcess() {
		CommandOutput table = this.platform.run("status");
		assertThat(table.exitCode()).as(table.text()).isZero();
		assertThat(table.text()).contains(INSTANCES);
		JsonNode status = JsonMapper.shared().readTree(this.platform.run("status", "--json").text());
		assertThat(status.path("state").asString()).isEqualTo("UP");
		assertThat(status.path("totalPssMiB").asInt()).isPositive();
		assertThat(status.path("processes").valueStream().map((process) -> process.path("instance").asString()))
			.containsExactlyInAnyOrderElementsOf(INSTANCES);
		assertThat(status.path("processes").valueStream())
			.allSatisfy((process) -> assertThat(process.propertyNames()).contains("name", "instance", "pid", "port",
					"managementPort", "state", "pssMiB", "configVersion", "release", "url"));
	}

	@Test
	void downKeepsOnlyTheData() {
		ClientAccount ann = this.platform.signUp("Ann");
		Order order = confirmedOrder(ann);
		Reply me = ann.client().me().expect(200);
		ProcessFootprint footprint = this.platform.footprint();
		assertThat(footprint.ports()).hasSizeGreaterThanOrEqualTo(INSTANCES.size());

		this.mayBeDown = true;
		this.platform.down();
		assertThat(footprint.remaining()).isEmpty();
		CommandOutput status = this.platform.run("status", "--json");
		assertThat(JsonMapper.shared().readTree(status.text()).path("state").asString()).isEqualTo("DOWN");
		CommandOutput again = this.platform.run("down");
		assertThat(again.exitCode()).as("down while the platform is down: " + again.text()).isZero();

		this.platform.up();
		this.mayBeDown = false;
		assertThat(ann.client().order(order.id()).expect(200).as(Order.class)).isEqualTo(order);
		assertThat(ann.client().me().body()).as("with the old token").isEqualTo(me.body());
		assertThat(this.platform.guest().login(ann.email(), ann.password())).isJson(200);
		assertThat(confirmedOrder(ann).id()).isGreaterThan(order.id());
	}

	@Test
	void secretsAreReadableByTheirOwnerOnly() throws IOException {
		Path secrets = this.platform.state().resolve("secrets.env");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets))).isEqualTo("rw-------");
	}

	private Order confirmedOrder(ClientAccount account) {
		long id = account.client().placeOrder("tea", BigDecimal.TEN).expect(201).as(Order.class).id();
		return await().atMost(DECISION_TIMEOUT)
			.until(() -> account.client().order(id).expect(200).as(Order.class),
					(order) -> order.status().equals("CONFIRMED"));
	}

	private Map<String, Long> pids() {
		return this.platform.processes()
			.processes()
			.stream()
			.collect(Collectors.toMap(RunRecord::instance, RunRecord::pid));
	}

}
