package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import io.microplatform.cli.StandInCheckout.Output;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunRecords;
import io.microplatform.local.process.RunningProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A business service that is added to a platform that runs, and removed again, on one
 * platform whose life the tests share in order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AddedServiceTests {

	private static final String ADDED = "delivery-service";

	@SuppressWarnings("NullAway.Init") // made before the first test
	private StandInCheckout checkout;

	@BeforeAll
	void start(@TempDir Path directory) throws IOException {
		this.checkout = new StandInCheckout(directory.resolve("checkout"));
		this.checkout.assertDone("up");
	}

	@AfterAll
	void leaveNothing() throws IOException {
		this.checkout.close();
	}

	@Test
	@Order(1)
	void upStartsItAndOfTheOthersOnlyKafkaIsRestarted() throws IOException {
		Map<String, Long> before = pids();
		this.checkout.add(ADDED, "kafka.consumes = orders\n");
		assertThat(state()).isEqualTo("DEGRADED");
		for (String[] command : new String[][] { { "scale", ADDED, "2" }, { "restart", ADDED } }) {
			Output refused = this.checkout.run(command);
			assertThat(refused.code()).isOne();
			assertThat(refused.err())
				.isEqualTo("platform: delivery-service was never started: `./platform up` adds it\n");
		}
		Output up = this.checkout.assertDone("up");
		assertThat(up.out()).contains("note: kafka was restarted", "✓ delivery-service-1", "9 processes");
		assertThat(state()).isEqualTo("UP");
		Map<String, Long> after = pids();
		assertThat(after.remove("delivery-service-1")).isNotNull();
		assertThat(after.remove("kafka")).isNotEqualTo(before.remove("kafka"));
		assertThat(after).isEqualTo(before);
		assertThat(this.checkout.entry("delivery-service-1").port())
			.isGreaterThanOrEqualTo(this.checkout.port(Port.SERVICES) + 4);
	}

	@Test
	@Order(2)
	void upAgainRestartsNothing() throws IOException {
		Map<String, Long> before = pids();
		assertThat(this.checkout.assertDone("up").out()).doesNotContain("note:");
		assertThat(pids()).isEqualTo(before);
	}

	@Test
	@Order(3)
	void itGetsItsOwnSecretsAndNoOthers() throws IOException {
		assertThat(this.checkout.environmentOf(ADDED))
			.contains("PLATFORM_DATABASE_USERNAME='delivery_service'", "PLATFORM_REDIS_USERNAME='delivery-service'",
					"PLATFORM_KAFKA_USERNAME='delivery-service'", "PLATFORM_CONFIG_PASSWORD")
			.doesNotContain("PLATFORM_TOKENS_SECRET", "ADMIN", "USER_SERVICE", "ORDER_SERVICE");
	}

	@Test
	@Order(4)
	void itIsScaledRestartedAndShownLikeTheOthers() throws IOException {
		assertThat(this.checkout.assertDone("scale", ADDED, "2", "--release", "2.0").out())
			.contains("delivery-service-2", "2 processes");
		assertThat(this.checkout.assertDone("restart", ADDED).out()).containsSubsequence("✓ delivery-service-1 stopped",
				"✓ delivery-service-1 ", "✓ delivery-service-2 stopped", "✓ delivery-service-2 ");
		assertThat(this.checkout.assertDone("logs", ADDED).out()).contains("started as delivery-service-1",
				"started as delivery-service-2");
		assertThat(this.checkout.entry("delivery-service-2").release()).isEqualTo("2.0");
		this.checkout.assertDone("scale", ADDED, "1");
		assertThat(pids()).hasSize(9);
	}

	@Test
	@Order(5)
	void upStartsItAgainWhereItWas() throws IOException {
		RunRecord before = this.checkout.entry("delivery-service-1");
		before.process().orElseThrow().kill();
		this.checkout.assertDone("up");
		assertThat(this.checkout.entry("delivery-service-1").port()).isEqualTo(before.port());
	}

	@Test
	@Order(6)
	void downStopsItWhenItsFolderIsGone() throws IOException {
		Files.delete(this.checkout.root().resolve(ADDED).resolve("service.properties"));
		List<Long> pids = this.checkout.pids();
		this.checkout.assertDone("down");
		assertThat(pids).hasSize(9).noneMatch((pid) -> RunningProcess.of(pid).isPresent());
		assertThat(this.checkout.assertDone("up").out()).contains("8 processes").doesNotContain(ADDED);
	}

	/** By instance. */
	private Map<String, Long> pids() throws IOException {
		Map<String, Long> pids = new TreeMap<>();
		new RunRecords(this.checkout.state().resolve("run")).all()
			.forEach((entry) -> pids.put(entry.instance(), entry.pid()));
		return pids;
	}

	private String state() {
		return JsonMapper.shared().readTree(this.checkout.run("status", "--json").out()).get("state").asString();
	}

}
