package io.microplatform.acceptance.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.fixture.Podman;
import io.microplatform.acceptance.fixture.StartsInstances;
import io.microplatform.lab.platform.CommandOutput;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.local.file.Directories;
import io.microplatform.local.process.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The images that {@code ./platform images} builds run under podman as additional
 * instances of the platform: without rights, on a read-only root file system and with 384
 * MiB of memory.
 */
@AcceptanceTest
@FullRun
@StartsInstances
@EnabledIf(value = "io.microplatform.acceptance.fixture.Podman#isInstalled", disabledReason = "needs podman")
class ImageTests {

	private static final String CONTAINER = "microplatform-image-test";

	private static final long MAX_SIZE = 120_000_000;

	/** Exit code of a JVM that SIGTERM has stopped. */
	private static final String TERMINATED = "143";

	private static final Path DIRECTORY = Path.of("target", "image-tests").toAbsolutePath();

	private final PrivatePlatform platform;

	ImageTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@BeforeAll
	void build() throws IOException {
		Files.createDirectories(DIRECTORY);
		succeed(this.platform.runShell("deploy/base-from-debian.sh '" + DIRECTORY.resolve("base.tar") + "'"));
		build("first");
	}

	private void build(String name) {
		succeed(this.platform.run("images", "--base", "tar:" + DIRECTORY.resolve("base.tar"), "--to",
				DIRECTORY.resolve(name).toString()));
	}

	private static CommandOutput succeed(CommandOutput output) {
		assertThat(output.exitCode()).as(output.text()).isZero();
		return output;
	}

	@AfterEach
	void remove() {
		Podman.remove(CONTAINER);
	}

	@Test
	void twoBuildsHaveTheSameDigests() throws IOException {
		for (String kept : List.of("layers", "staging", "apps")) {
			Directories.delete(this.platform.state().resolve("images").resolve(kept));
		}
		build("second");
		assertThat(digests("second")).hasSizeGreaterThan(5).isEqualTo(digests("first"));
	}

	private static Map<String, String> digests(String build) throws IOException {
		Map<String, String> digests = new LinkedHashMap<>();
		for (JsonNode image : images(build)) {
			digests.put(image.path("name").stringValue(), image.path("digest").stringValue());
		}
		return digests;
	}

	private static JsonNode images(String build) throws IOException {
		return JsonMapper.shared().readTree(Files.readString(DIRECTORY.resolve(build).resolve("images.json")));
	}

	@Test
	void archivesAreSmallAndHaveBillsOfMaterials() throws IOException {
		for (JsonNode image : images("first")) {
			String name = image.path("name").stringValue();
			assertThat(DIRECTORY.resolve("first").resolve(name + ".tar")).as(name)
				.satisfies((archive) -> assertThat(Files.size(archive)).isLessThanOrEqualTo(MAX_SIZE));
			JsonNode bill = JsonMapper.shared()
				.readTree(Files.readString(DIRECTORY.resolve("first").resolve(name + ".cdx.json")));
			assertThat(bill.path("bomFormat").stringValue()).isEqualTo("CycloneDX");
			assertThat(bill.path("components").size()).isPositive();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "discovery-server", "config-server", "api-gateway", "user-service", "order-service" })
	void aServiceStartsFromItsImageAndAnswersItsProbe(String service) throws IOException {
		load(service);
		List<Integer> ports = Ports.free(2);
		boolean hasManagementPort = environment(service).containsKey("MANAGEMENT_SERVER_PORT");
		List<String> options = options(service, ports);
		// The JVM does not start if it cannot use the cache.
		options.addAll(List.of("--memory", "384m", "--env", "JAVA_TOOL_OPTIONS=-XX:AOTMode=on", image(service)));
		succeed(Podman.start(CONTAINER, options));
		String url = String.format(Locale.ROOT, "http://127.0.0.1:%d/actuator/health/readiness",
				hasManagementPort ? ports.getLast() : ports.getFirst());
		await().atMost(Duration.ofMinutes(3))
			.pollInterval(Duration.ofSeconds(1))
			.untilAsserted(() -> assertThat(probe(url)).as(() -> Podman.run("logs", CONTAINER).text()).isZero());
		assertThat(inspect("{{.Config.User}}")).isEqualTo("65532:65532");
		assertThat(inspect("{{.State.OOMKilled}}")).isEqualTo("false");
		succeed(Podman.run("stop", "--time", "35", CONTAINER));
		assertThat(inspect("{{.State.ExitCode}}")).isEqualTo(TERMINATED);
	}

	@Test
	void aLimitThatIsTooSmallIsNamedInOneLine() throws IOException {
		load("order-service");
		List<String> options = options("order-service", Ports.free(2));
		options.addAll(List.of("--memory", "160m", image("order-service")));
		succeed(Podman.start(CONTAINER, options));
		succeed(Podman.run("wait", CONTAINER));
		assertThat(inspect("{{.State.ExitCode}}")).isEqualTo("1");
		assertThat(Podman.run("logs", CONTAINER).text().strip()).contains("160 MiB is too small").hasLineCount(1);
	}

	private static void load(String service) {
		succeed(Podman.run("load", "--input", DIRECTORY.resolve("first").resolve(service + ".tar").toString()));
	}

	/** Podman adds a registry to names that have none. */
	private static String image(String service) {
		return "localhost/microplatform/" + service + ":latest";
	}

	private List<String> options(String service, List<Integer> ports) throws IOException {
		List<String> options = new ArrayList<>(
				List.of("--read-only", "--tmpfs", "/tmp", "--cap-drop", "all", "--security-opt", "no-new-privileges"));
		Map<String, String> environment = environment(service);
		// On the addresses of this machine, but otherwise as in a container.
		environment.put("SPRING_PROFILES_ACTIVE", "local,container");
		environment.put("SERVER_PORT", Integer.toString(ports.getFirst()));
		environment.computeIfPresent("MANAGEMENT_SERVER_PORT", (_, _) -> Integer.toString(ports.getLast()));
		if (environment.containsKey("PLATFORM_CONFIG_SNAPSHOTS")) {
			options.addAll(List.of("--volume", copyOfSnapshots() + ":/snapshots"));
			environment.put("PLATFORM_CONFIG_SNAPSHOTS", "/snapshots");
		}
		environment.forEach((name, value) -> options.addAll(List.of("--env", name + "=" + value)));
		return options;
	}

	/** The user of the container cannot read the state directory. */
	private Path copyOfSnapshots() throws IOException {
		Path copy = DIRECTORY.resolve("snapshots");
		Directories.delete(copy);
		succeed(this.platform.runShell("cp -r '%s' '%s' && chmod -R a+rwX '%s'"
			.formatted(this.platform.state().resolve("config"), copy, copy)));
		return copy;
	}

	private Map<String, String> environment(String service) throws IOException {
		Map<String, String> environment = new LinkedHashMap<>();
		for (String line : Files.readAllLines(this.platform.state().resolve("env").resolve(service + ".env"))) {
			String[] entry = line.split("=", 2);
			environment.put(entry[0], entry[1].substring(1, entry[1].length() - 1).replace("'\\''", "'"));
		}
		return environment;
	}

	private static int probe(String url) {
		return Podman
			.run("exec", "--env", "JAVA_TOOL_OPTIONS=", CONTAINER, "java", "-XX:TieredStopAtLevel=1",
					"-XX:+UseSerialGC", "-Xmx16m", "-jar", "/app/probe.jar", url)
			.exitCode();
	}

	private static String inspect(String format) {
		return succeed(Podman.run("inspect", "--format", format, CONTAINER)).text().strip();
	}

}
