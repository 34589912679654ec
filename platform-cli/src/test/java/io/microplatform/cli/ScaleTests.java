package io.microplatform.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.microplatform.cli.StandInCheckout.Output;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunRecords;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.service.BusinessServices;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several instances of the services, on one platform whose life the tests share in order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScaleTests {

	@SuppressWarnings("NullAway.Init") // made before the first test
	private StandInCheckout checkout;

	@BeforeAll
	void startOneOfEach(@TempDir Path directory) throws IOException {
		this.checkout = new StandInCheckout(directory.resolve("checkout"));
		this.checkout.assertDone("up");
	}

	@AfterAll
	void leaveNothing() throws IOException {
		this.checkout.close();
	}

	@Test
	@Order(1)
	void newInstancesTakeTheNextFreePairsOfPorts() throws IOException {
		int first = this.checkout.port(Port.SERVICES);
		try (ServerSocket _ = new ServerSocket(first + 5, 1, InetAddress.getLoopbackAddress())) {
			Output scale = this.checkout.assertDone("scale", "user-service", "3");
			assertThat(scale.out()).contains("user-service-1", "user-service-2", "user-service-3", "3 processes")
				.doesNotContain("order-service");
		}
		assertThat(this.checkout.entry("user-service-2").port()).isGreaterThan(first + 5);
		assertThat(this.checkout.entry("user-service-3").port())
			.isGreaterThan(this.checkout.entry("user-service-2").port());
		assertThat(this.checkout.run("status").out()).contains("user-service-3", "10 processes");
	}

	@Test
	@Order(2)
	void theFileForRunningByHandIsThatOfTheFirst() throws IOException {
		this.checkout.assertDone("up");
		assertThat(this.checkout.environmentOf("user-service"))
			.contains(String.format(Locale.ROOT, "SERVER_PORT='%d'", this.checkout.entry("user-service-1").port()));
	}

	@Test
	@Order(3)
	void upStartsAgainWhatDiedWhereItWas() throws IOException {
		RunRecord before = this.checkout.entry("user-service-2");
		before.process().orElseThrow().kill();
		this.checkout.assertDone("up");
		assertThat(this.checkout.entry("user-service-2").port()).isEqualTo(before.port());
		assertThat(this.checkout.pids()).hasSize(10).doesNotContain(before.pid());
	}

	@Test
	@Order(4)
	void everyInstanceOfAnOlderBuildIsNamed() throws IOException {
		this.checkout.rebuild("user-service");
		assertThat(this.checkout.assertDone("up").out()).contains("note: user-service-1 runs an older build",
				"note: user-service-3 runs an older build", "./platform restart user-service");
	}

	@Test
	@Order(5)
	void aRestartBringsTheNewBuildToOneAfterAnother() throws IOException {
		List<Long> before = this.checkout.pids();
		Output restart = this.checkout.assertDone("restart", "user-service");
		assertThat(restart.out().lines().limit(6).map((line) -> line.replaceAll(" +\\d+\\.\\d s", " started")))
			.containsExactly("✓ user-service-1 stopped", "✓ user-service-1 started", "✓ user-service-2 stopped",
					"✓ user-service-2 started", "✓ user-service-3 stopped", "✓ user-service-3 started");
		assertThat(this.checkout.pids()).hasSize(10).filteredOn((pid) -> !before.contains(pid)).hasSize(3);
		assertThat(this.checkout.assertDone("up").out()).doesNotContain("older build");
		assertThat(this.checkout.state().resolve("apps/user-service")).isDirectoryNotContaining("glob:**/fresh");
	}

	@Test
	@Order(6)
	void whatDoesNotBecomeReadyIsStoppedAgainAndNotWantedAnyMore() throws IOException {
		this.checkout.install("order-service", StandInService.BROKEN);
		Output scale = this.checkout.run("scale", "order-service", "2");
		this.checkout.install("order-service");
		assertThat(scale.code()).isOne();
		assertThat(scale.err()).startsWith("platform: order-service-2 ended before it was ready");
		assertThat(this.checkout.pids()).hasSize(10);
		assertThat(this.checkout.assertDone("up").out()).doesNotContain("order-service-2");
	}

	@Test
	@Order(7)
	void whoIsBusyAtTheFirstLookIsLookedAtAgain() throws IOException {
		this.checkout.install("order-service", StandInService.BUSY);
		assertThat(this.checkout.assertDone("scale", "order-service", "2").out()).contains("order-service-2",
				"2 processes");
		this.checkout.install("order-service");
		this.checkout.assertDone("scale", "order-service", "1");
	}

	@Test
	@Order(8)
	void theYoungestAreStoppedFirst() throws IOException {
		long first = this.checkout.entry("user-service-1").pid();
		Output scale = this.checkout.assertDone("scale", "user-service", "1");
		assertThat(scale.out()).containsSubsequence("✓ user-service-3 stopped", "✓ user-service-2 stopped",
				"1 process,");
		assertThat(this.checkout.entry("user-service-1").pid()).isEqualTo(first);
		assertThat(this.checkout.pids()).hasSize(8);
	}

	@Test
	@Order(9)
	void newInstancesAreTheReleaseThatIsNamedAndTheOthersStay() throws IOException {
		Output scale = this.checkout.assertDone("scale", "user-service", "2", "--release", "2.0");
		assertThat(scale.out()).containsPattern("user-service-1 .* UP +1 +\\S+ +http")
			.containsPattern("user-service-2 .* UP +2\\.0 +\\S+ +http");
		assertThat(releases()).containsExactly("1", "2.0");
		assertThat(this.checkout.run("logs", "user-service-2").out()).contains("release 2.0");
		JsonNode processes = JsonMapper.shared().readTree(this.checkout.run("status", "--json").out()).get("processes");
		assertThat(processes.valueStream()).allSatisfy((process) -> assertThat(process.get("release").isNull())
			.isEqualTo(!BusinessServices.BUILT_IN.contains(process.get("name").asString())));
	}

	@Test
	@Order(10)
	void upAndRestartKeepTheReleaseAlsoAfterAStartThatFailed() throws IOException {
		this.checkout.entry("user-service-2").process().orElseThrow().kill();
		this.checkout.install("user-service", StandInService.BROKEN);
		assertThat(this.checkout.run("up").code()).isOne();
		this.checkout.install("user-service");
		this.checkout.assertDone("up");
		assertThat(releases()).containsExactly("1", "2.0");
		this.checkout.assertDone("restart", "user-service");
		assertThat(releases()).containsExactly("1", "2.0");
	}

	@Test
	@Order(11)
	void aRestartGivesAllTheReleaseThatIsNamed() throws IOException {
		this.checkout.assertDone("restart", "user-service", "--release", "2.0");
		assertThat(releases()).containsExactly("2.0", "2.0");
		assertThat(this.checkout.environmentOf("user-service")).contains("PLATFORM_RELEASE='2.0'");
	}

	@Test
	@Order(12)
	void withoutANameNewInstancesAreWhatTheFirstIs() throws IOException {
		this.checkout.assertDone("scale", "user-service", "3");
		assertThat(releases()).containsExactly("2.0", "2.0", "2.0");
		this.checkout.assertDone("scale", "user-service", "1");
		assertThat(releases()).containsExactly("2.0");
	}

	@Test
	@Order(13)
	void downStopsAllAndForgetsTheNumbersAndTheReleases() throws IOException {
		this.checkout.assertDone("scale", "order-service", "2");
		List<Long> pids = this.checkout.pids();
		this.checkout.assertDone("down");
		assertThat(pids).hasSize(9).noneMatch((pid) -> RunningProcess.of(pid).isPresent());
		assertThat(Files.exists(this.checkout.state().resolve(DesiredInstances.FILE))).isFalse();
		assertThat(this.checkout.assertDone("up").out()).contains("8 processes");
		assertThat(releases()).containsExactly("1");
	}

	@Test
	@Order(14)
	void whoKnowsOneServerOnlyIsNotGivenAnother() throws IOException {
		Output up = this.checkout.run("up", "--ha");
		assertThat(up.code()).isOne();
		assertThat(up.err()).isEqualTo("platform: the platform runs with one discovery-server: stop it with"
				+ " `./platform down` first" + System.lineSeparator());
		assertThat(this.checkout.pids()).hasSize(8);
	}

	@Test
	@Order(15)
	void serversInPairsKnowEachOtherAndAreKnownToAll() throws IOException {
		this.checkout.assertDone("down");
		assertThat(this.checkout.assertDone("up", "--ha").out()).contains("discovery-server-2", "config-server-2",
				"api-gateway-2", "11 processes");
		assertThat(this.checkout.environmentOf("discovery-server")).contains(String.format(Locale.ROOT,
				"PLATFORM_DISCOVERY_PEERS='http://127.0.0.1:%d/eureka/'", this.checkout.port(Port.DISCOVERY_2)));
		assertThat(this.checkout.environmentOf("user-service"))
			.contains(String.format(Locale.ROOT,
					"PLATFORM_DISCOVERY_URI='http://127.0.0.1:%d/eureka/,http://127.0.0.1:%d/eureka/'",
					this.checkout.port(Port.DISCOVERY), this.checkout.port(Port.DISCOVERY_2)))
			.contains(String.format(Locale.ROOT, "PLATFORM_CONFIG_URI='http://127.0.0.1:%d,http://127.0.0.1:%d'",
					this.checkout.port(Port.CONFIG), this.checkout.port(Port.CONFIG_2)));
		assertThat(this.checkout.entry("api-gateway-2").managementPort())
			.isEqualTo(this.checkout.port(Port.GATEWAY_2_MANAGEMENT));
	}

	@Test
	@Order(16)
	void aPairStaysOneUntilDown() throws IOException {
		this.checkout.entry("api-gateway").process().orElseThrow().kill();
		assertThat(this.checkout.assertDone("up").out()).contains("11 processes");
		assertThat(this.checkout.assertDone("restart", "discovery-server").out()).containsSubsequence(
				"✓ discovery-server stopped", "✓ discovery-server ", "✓ discovery-server-2 stopped",
				"✓ discovery-server-2 ");
		this.checkout.assertDone("up", "--ha");
		this.checkout.assertDone("down");
		assertThat(this.checkout.assertDone("up").out()).contains("8 processes");
	}

	/** Of user-service, by what is on record. */
	private List<String> releases() throws IOException {
		return new RunRecords(this.checkout.state().resolve("run")).all()
			.stream()
			.filter((entry) -> entry.name().equals("user-service"))
			.map((entry) -> String.valueOf(entry.release()))
			.toList();
	}

}
