package io.microplatform.acceptance.documentation;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.fixture.Installed;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.load.Load;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.load.SimulatedUsers;
import io.microplatform.lab.platform.CommandOutput;
import io.microplatform.lab.platform.PrivatePlatform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * A reader who follows docs/adding-a-service.md on a platform that runs gets a service,
 * and no request fails meanwhile. Everything that the reader types is taken from the
 * document. Runs before the other tests start a platform, because a build needs memory.
 */
@Order(Order.DEFAULT - 1)
class AddingAServiceTests {

	private static final List<TutorialStep> STEPS = TutorialStep.of("docs/adding-a-service.md");

	private static final String ADDED = "delivery-service";

	private static final int USERS = 4;

	private static final int CALLS_PER_SECOND = 5;

	/** Upper bound: the load is stopped at the end. */
	private static final Duration LONGEST_LOAD = Duration.ofMinutes(45);

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@BeforeEach
	void theServiceIsNotHereYet() {
		assumeThat(Checkout.ROOT.resolve(ADDED)).doesNotExist();
	}

	static Stream<TutorialStep> everyChangeApplies() {
		return STEPS.stream().filter(TutorialStep::isChange);
	}

	@ParameterizedTest
	@MethodSource
	void everyChangeApplies(TutorialStep change) throws Exception {
		change.assertThatItAppliesTo(Checkout.ROOT);
	}

	@Test
	void theDocumentHasFilesChangesAndCommands() {
		assertThat(STEPS.stream().filter(TutorialStep::isFile)).extracting(TutorialStep::file)
			.contains("delivery-service/pom.xml", "delivery-service/service.properties")
			.allMatch((file) -> file.startsWith(ADDED + "/"))
			.doesNotHaveDuplicates();
		assertThat(STEPS.stream().filter(TutorialStep::isShell).map(TutorialStep::text)).contains("./platform up\n",
				"./platform refresh\n");
	}

	@Test
	@FullRun
	void everyStepWorksOnAPlatformThatRuns(@TempDir Path directory) throws Exception {
		assumeThat(Stream.of("git", "curl", "jq")).as("installed")
			.allMatch((program) -> Installed.program(program).isPresent());
		Path checkout = CheckoutCopy.to(directory.toRealPath().resolve("checkout"));
		try (PrivatePlatform platform = PrivatePlatform.start(checkout, directory.resolve("state"),
				Map.of(PrivatePlatform.SKIP_BUILD, ""))) {
			ClientAccount ann = platform.signUp("Ann");
			ClientAccount bob = platform.signUp("Bob");
			long order = confirmedOrder(ann);
			SimulatedUsers users = SimulatedUsers.signUp(platform.guest(), USERS);
			Map<String, Long> before = platform.pids();
			LoadReport report;
			try (Load load = Load.start(users.orderServiceOnly(TestRun.seed()), CALLS_PER_SECOND, LONGEST_LOAD)) {
				assertThat(follow(platform)).contains("note: kafka was restarted", "✓ delivery-service-1",
						"\"product\":\"coffee machine\"", "\"plannedAt\"", "\"status\":404",
						"\"There is no such delivery.\"", "delivery-service-2");
				report = load.stop();
			}
			assertThat(report.failures().results()).as(report.toString()).isEmpty();
			assertThat(report.results()).hasSizeGreaterThan(CALLS_PER_SECOND * 20);
			assertThatOnlyKafkaWasRestarted(before, platform.pids());

			// The consumer group began with the oldest event.
			await().atMost(TIMEOUT).until(() -> ann.client().get("/deliveries/" + order).status() == 200);
			assertThat(bob.client().get("/deliveries/" + order)).isProblem(404);
			assertThat(platform.guest().get("/deliveries/" + order)).isUnauthorized();
			CommandOutput audit = platform.run("audit");
			assertThat(audit.exitCode()).as(audit.text()).isZero();
		}
	}

	private static long confirmedOrder(ClientAccount account) {
		long id = account.client().placeOrder("tea", new BigDecimal("1.00")).expect(201).json().path("id").asLong();
		await().atMost(TIMEOUT)
			.until(() -> account.client().order(id).expect(200).json().path("status").asString(""),
					"CONFIRMED"::equals);
		return id;
	}

	/** Takes every step in order, and returns the output of all commands. */
	private static String follow(PrivatePlatform platform) throws Exception {
		StringBuilder output = new StringBuilder();
		for (TutorialStep step : STEPS) {
			step.applyTo(platform.root());
			// The platform runs with a copy of config-repo/.
			platform.configuration().reset();
			if (step.isShell()) {
				CommandOutput shell = platform
					.runShell(step.text().replace("localhost:8080", platform.gateway().getAuthority()));
				assertThat(shell.exitCode()).as(step + ": " + shell.text()).isZero();
				output.append(shell.text());
			}
		}
		return output.toString();
	}

	private static void assertThatOnlyKafkaWasRestarted(Map<String, Long> before, Map<String, Long> after) {
		assertThat(after.remove("kafka")).isNotEqualTo(before.remove("kafka"));
		assertThat(after.remove("delivery-service-1")).isNotNull();
		assertThat(after.remove("delivery-service-2")).isNotNull();
		assertThat(after).isEqualTo(before);
	}

}
