package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
import io.microplatform.local.process.Ports;
import io.microplatform.local.process.RunningProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One platform's life in order: it takes seconds to start, so that the tests share it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlatformTests {

	@SuppressWarnings("NullAway.Init") // made before the first test
	private StandInCheckout checkout;

	@BeforeAll
	void checkOut(@TempDir Path directory) throws IOException {
		this.checkout = new StandInCheckout(directory.resolve("checkout"));
	}

	@AfterAll
	void leaveNothing() throws IOException {
		this.checkout.close();
	}

	@Test
	@Order(1)
	void nothingRunsAtFirst() throws IOException {
		assertThat(this.checkout.run("down").code()).isZero();
		assertThat(this.checkout.run("down").out()).contains("nothing is running");
		assertThat(statusOf(this.checkout.run("status", "--json"))).isEqualTo("DOWN");
	}

	@Test
	@Order(3)
	void aServiceThatCannotStartIsNamedWithItsLogAndNothingIsLeftRunningNorWantedInPairs() throws IOException {
		this.checkout.install("order-service", StandInService.BROKEN);
		Output up = this.checkout.run("up", "--ha");
		this.checkout.install("order-service");
		assertThat(up.code()).isOne();
		assertThat(up.err()).startsWith("platform: order-service-1 ended before it was ready")
			.contains("there is no hope");
		assertThat(this.checkout.pids()).isEmpty();
		assertThat(Ports.isListening(this.checkout.port(Port.POSTGRESQL))).isFalse();
	}

	@Test
	@Order(4)
	void upStartsEverythingHoweverLongTheBuildTook() throws IOException {
		Output up = assertUp(this.checkout.runGiven(Instant.now().minus(Duration.ofMinutes(10)), "up"));
		assertThat(up.out().lines().toList().getLast()).matches("ready in 6\\d\\d\\.\\d s");
		assertThat(this.checkout.pids()).hasSize(8);
		assertThat(statusOf(this.checkout.run("status", "--json"))).isEqualTo("UP");
	}

	@Test
	@Order(5)
	void everyProcessLeadsAGroupOfItsOwnAndReadsNothing() throws IOException {
		for (long pid : this.checkout.pids()) {
			String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
			String group = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[2];
			assertThat(group).isEqualTo(Long.toString(pid));
			assertThat(Path.of("/proc/" + pid + "/fd/0").toRealPath()).isEqualTo(Path.of("/dev/null"));
		}
	}

	@Test
	@Order(6)
	void whatIsSecretIsItsOwnersOnly() throws IOException {
		for (String file : List.of("secrets.env", "env/user-service.env", "data/redis/redis.conf",
				"data/kafka/server.properties")) {
			assertThat(
					PosixFilePermissions.toString(Files.getPosixFilePermissions(this.checkout.state().resolve(file))))
				.as(file)
				.isEqualTo("rw-------");
		}
	}

	@Test
	@Order(6)
	void nobodyGetsASecretThatItDoesNotNeed() throws IOException {
		assertThat(this.checkout.environmentOf("user-service"))
			.contains("PLATFORM_TOKENS_SECRET", "PLATFORM_DATABASE_PASSWORD", "PLATFORM_ADMIN_EMAIL",
					"PLATFORM_ADMIN_PASSWORD")
			.doesNotContain("DATABASE_ADMIN", "REDIS_ADMIN", "KAFKA_ADMIN", "ORDER_SERVICE");
		assertThat(this.checkout.environmentOf("order-service")).doesNotContain("PLATFORM_TOKENS_SECRET", "ADMIN");
		assertThat(this.checkout.environmentOf("api-gateway")).contains("PLATFORM_CONFIG_PASSWORD")
			.doesNotContain("DATABASE", "ADMIN");
		assertThat(this.checkout.environmentOf("discovery-server")).doesNotContain("PLATFORM_CONFIG_PASSWORD");
	}

	@Test
	@Order(7)
	void upAgainKeepsWhatRunsAndSaysThatEditsAreNotPublished() throws IOException {
		List<Long> before = this.checkout.pids();
		Files.writeString(this.checkout.root().resolve("config-repo/application.yml"), "a: 2\n");
		Output up = this.checkout.run("up");
		assertThat(up.code()).isZero();
		assertThat(up.out()).contains("not published");
		assertThat(this.checkout.pids()).isEqualTo(before);
	}

	@Test
	@Order(7)
	void upSaysWhatRunsAnOlderBuild() throws IOException {
		Files.setLastModifiedTime(this.checkout.root().resolve("api-gateway/target/api-gateway.jar"),
				FileTime.from(Instant.EPOCH));
		assertThat(assertUp().out()).contains("note: api-gateway runs an older build")
			.doesNotContain("user-service-1 runs an older");
	}

	@Test
	@Order(8)
	void upRepairsWhatHasDied() throws IOException {
		RunningProcess postgres = this.checkout.entry("postgresql").process().orElseThrow();
		RunningProcess service = this.checkout.entry("user-service-1").process().orElseThrow();
		postgres.kill();
		service.kill();
		assertThat(statusOf(this.checkout.run("status", "--json"))).isEqualTo("DEGRADED");
		assertUp();
		assertThat(statusOf(this.checkout.run("status", "--json"))).isEqualTo("UP");
	}

	@Test
	@Order(8)
	void aRepairedConfigServerServesWhatTheOthersHave() throws IOException {
		String before = this.checkout.entry("config-server").configVersion();
		this.checkout.entry("config-server").process().orElseThrow().kill();
		Files.writeString(this.checkout.root().resolve("config-repo/application.yml"), "a: 3\n");
		assertThat(assertUp().out()).contains("not published");
		assertThat(this.checkout.entry("config-server").configVersion()).isEqualTo(before);
	}

	@Test
	@Order(9)
	void dataIsThereAfterDownAndUpAndNoProcessInBetween() throws IOException, SQLException {
		this.checkout.execute("CREATE TABLE kept AS SELECT 42 AS answer");
		List<Long> pids = this.checkout.pids();
		Output down = this.checkout.run("down");
		assertThat(down.code()).isZero();
		assertThat(down.out()).doesNotContain("killed");
		assertThat(pids).noneMatch((pid) -> RunningProcess.of(pid).isPresent());
		assertThat(Ports.isFree(this.checkout.port(Port.KAFKA))).isTrue();
		assertUp();
		this.checkout.execute("SELECT answer FROM kept");
	}

	@Test
	@Order(10)
	void purgeDeletesAllThatIsThePlatformsAndNothingElse() throws IOException {
		Files.writeString(this.checkout.state().resolve("mine.txt"), "not the platform's");
		assertThat(this.checkout.run("down", "--purge").code()).isZero();
		assertThat(this.checkout.state()).isDirectoryContaining("glob:**/mine.txt");
		Files.delete(this.checkout.state().resolve("mine.txt"));
		this.checkout.run("down", "--purge");
		assertThat(this.checkout.state()).doesNotExist();
	}

	private Output assertUp() {
		return assertUp(this.checkout.run("up"));
	}

	private static Output assertUp(Output up) {
		assertThat(up.err()).isEmpty();
		assertThat(up.code()).isZero();
		return up;
	}

	private static String statusOf(Output output) {
		JsonNode status = JsonMapper.shared().readTree(output.out());
		return status.get("state").asString();
	}

}
