package io.microplatform.acceptance.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.fixture.RaisedLimits;
import io.microplatform.acceptance.fixture.StartsInstances;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.lab.load.Load;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.load.SimulatedUsers;
import io.microplatform.lab.platform.CommandOutput;
import io.microplatform.lab.platform.ConfigRepository;
import io.microplatform.lab.platform.PrivatePlatform;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs {@code compose.yaml} with podman: the images of this build, and stores from
 * stand-in images, because no registry is needed for them.
 */
@AcceptanceTest
@StartsInstances
@FullRun
@EnabledIf(value = "io.microplatform.acceptance.container.ContainerEngine#isInstalled",
		disabledReason = "requires root, podman, runc and docker-compose")
class ComposeTests {

	private static final String SERVICE = "order-service";

	private static final int PER_SECOND = 50;

	private static final int USERS = 10;

	private static final Duration LONGEST_LOAD = Duration.ofMinutes(15);

	private static final Duration READY_WITHIN = Duration.ofMinutes(3);

	private static final Duration BUILT_WITHIN = Duration.ofMinutes(10);

	private final PrivatePlatform platform;

	@SuppressWarnings("NullAway.Init") // set before all
	private Path directory;

	@SuppressWarnings("NullAway.Init") // set before all
	private ConfigRepository configuration;

	private @Nullable ContainerEngine engine;

	private @Nullable ContainerPlatform containers;

	ComposeTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@BeforeAll
	void start(@TempDir Path temporary) throws IOException {
		this.directory = temporary.toRealPath();
		ContainerEngine started = new ContainerEngine(this.directory.resolve("e"));
		this.engine = started;
		loadImages(started);
		Path secrets = this.directory.resolve("secrets");
		started.run(BUILT_WITHIN, script("secrets.sh"), secrets.toString());
		this.configuration = RaisedLimits.copyTo(this.directory.resolve("configuration"));
		ContainerPlatform composed = new ContainerPlatform(started, this.platform.root(), this.directory,
				this.configuration.directory().toAbsolutePath(), secrets);
		this.containers = composed;
		composed.up();
		await().ignoreExceptions().atMost(READY_WITHIN).untilAsserted(() -> composed.asClient().requireReady());
		warmUp();
	}

	/** New JVMs compile their code first, and take all cores for it. */
	private void warmUp() {
		try (Load load = load()) {
			await().atMost(READY_WITHIN).until(() -> isCalm(load));
		}
	}

	private static boolean isCalm(Load load) {
		LoadReport recent = load.snapshot().recent();
		return recent.results().size() > PER_SECOND && recent.failures().results().isEmpty() && recent.isCalm();
	}

	private String script(String name) {
		return this.platform.root().resolve("deploy").resolve(name).toAbsolutePath().toString();
	}

	private void loadImages(ContainerEngine target) throws IOException {
		Path images = Files.createDirectories(this.directory.resolve("images"));
		Path base = this.directory.resolve("base.tar");
		target.run(BUILT_WITHIN, script("base-from-debian.sh"), base.toString());
		CommandOutput built = this.platform.run("images", "--base", "tar:" + base, "--to", images.toString());
		assertThat(built.exitCode()).as(built.text()).isZero();
		List<Path> archives;
		try (Stream<Path> files = Files.list(images)) {
			archives = files.filter((file) -> file.toString().endsWith(".tar")).toList();
		}
		for (Path archive : archives) {
			String loaded = target.podman("load", "--quiet", "--input", archive.toString()).strip();
			String name = String.valueOf(archive.getFileName()).replace(".tar", "");
			target.podman("tag", loaded.substring(loaded.lastIndexOf(' ') + 1),
					"docker.io/microplatform/%s:latest".formatted(name));
		}
		target.run(BUILT_WITHIN, "env", "JAVA_HOME=" + System.getProperty("java.home"), script("stand-in-stores.sh"));
	}

	@AfterAll
	void stop() {
		if (this.containers != null) {
			this.containers.close();
		}
		if (this.engine != null) {
			this.engine.close();
		}
	}

	private ContainerPlatform containers() {
		if (this.containers == null) {
			throw new IllegalStateException("the containers have not been started");
		}
		return this.containers;
	}

	@Test
	void theDemoAndTheAuditSucceed() {
		assertSuccess("demo");
		assertSuccess("audit");
	}

	private void assertSuccess(String command) {
		CommandOutput output = this.platform.run(command, "--base-url", containers().url(), "--database",
				containers().database(), "--kafka", containers().kafka(), "--secrets",
				this.directory.resolve("secrets").toString());
		assertThat(output.exitCode()).as(output.text()).isZero();
	}

	@Test
	void noRequestFailsWhileAServiceIsScaled() {
		try (Load load = load()) {
			containers().up("--no-recreate", "--no-deps", "--scale", SERVICE + "=3", SERVICE);
			List<String> three = containers().containers(SERVICE);
			assertThat(three).hasSize(3);
			await().atMost(READY_WITHIN)
				.untilAsserted(() -> assertThat(three)
					.allSatisfy((container) -> assertThat(containers().served(container)).isPositive()));
			containers().up("--no-recreate", "--no-deps", "--scale", SERVICE + "=1", SERVICE);
			assertThat(containers().containers(SERVICE)).hasSize(1);
			continueFor(load, Duration.ofSeconds(10));
			assertThat(load.snapshot().results()).hasSizeGreaterThan(PER_SECOND);
			assertThat(load.snapshot().failures().results()).isEmpty();
		}
		assertSuccess("audit");
	}

	private Load load() {
		SimulatedUsers users = SimulatedUsers.signUp(containers().asClient().guest(), USERS);
		return Load.start(users.browsing(TestRun.seed()), PER_SECOND, LONGEST_LOAD);
	}

	private static void continueFor(Load load, Duration time) {
		int enough = load.snapshot().results().size() + Math.toIntExact(time.toSeconds()) * PER_SECOND;
		await().atMost(time.plus(READY_WITHIN)).until(() -> load.snapshot().results().size() >= enough);
	}

	/** The process crashes: podman does not restart what it has killed itself. */
	@Test
	void aKilledContainerIsRestartedAndServes() throws Exception {
		String container = containers().containers(SERVICE).getFirst();
		long before = containers().pid(container);
		ProcessHandle process = ProcessHandle.of(before).orElseThrow();
		process.destroyForcibly();
		process.onExit().get(30, TimeUnit.SECONDS);
		await().ignoreExceptions()
			.atMost(READY_WITHIN)
			.until(() -> containers().containers(SERVICE).contains(container) && containers().pid(container) != before
					&& containers().isHealthy(container));
		try (Load load = load()) {
			continueFor(load, Duration.ofSeconds(5));
			await().atMost(READY_WITHIN).until(() -> containers().served(container) > 0);
		}
	}

	@Test
	void anEditIsRolledOutWithoutARestart() {
		this.configuration.change("order-service", Map.of("platform.orders.max-amount", "9000.00"));
		String report = containers().compose("run", "--rm", "--no-deps", "-T", "store-setup", "refresh");
		assertThat(report).contains("every instance runs with configuration");
	}

}
