package io.microplatform.acceptance.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.microplatform.acceptance.fixture.ComposeFile;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.service.BusinessServices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the rules that {@code compose.yaml} keeps, without Docker.
 */
@Execution(ExecutionMode.CONCURRENT)
class ComposeFileTests {

	private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("platform.root")));

	private static final ComposeFile FILE = ComposeFile.read(ROOT.resolve("compose.yaml"));

	private static final ComposeFile STORES = ComposeFile.read(ROOT.resolve("deploy/compose.stores.yaml"));

	/** The registry and the version are chosen by the operator. */
	private static final String OURS = "${PLATFORM_REGISTRY:-microplatform}/%s:${PLATFORM_VERSION:-latest}";

	private static final Pattern EXACT = Pattern
		.compile("[a-z0-9./_-]+:v?\\d+\\.\\d+(\\.\\d+)?(-[a-z]+)?(@sha256:[0-9a-f]{64})?");

	private static final Pattern MEMORY = Pattern.compile("(\\d+)m");

	private static final String COMPLETED = "service_completed_successfully";

	private static final String HEALTHY = "service_healthy";

	/** The networks that are reachable from the host. */
	private static final String EDGE = "edge";

	@Test
	void keepsTheSpecification() {
		assertThat(FILE.errors()).isEmpty();
		assertThat(STORES.errors()).isEmpty();
	}

	@Test
	void mountsFilesThatExist() {
		assertThat(FILE.mountedFiles()).isNotEmpty().allSatisfy((source) -> assertThat(source).exists());
	}

	@Test
	void hasEveryProgram() {
		Stream<String> programs = Stream
			.concat(Stream.of("discovery-server", "config-server", "api-gateway", "admin-server"), services().stream());
		assertThat(programs).allSatisfy(
				(name) -> assertThat(FILE.service(name).path("image").stringValue("")).isEqualTo(OURS.formatted(name)));
		for (String name : List.of("store-config", "store-setup")) {
			assertThat(FILE.service(name).path("image").stringValue("")).isEqualTo(OURS.formatted("store-setup"));
		}
	}

	private static List<String> services() {
		try {
			return BusinessServices.in(ROOT).names();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void everyImageOfOthersHasAnExactVersion() {
		assertThat(FILE.services()).allSatisfy((service) -> {
			String image = service.getValue().path("image").stringValue("");
			assertThat(image.startsWith("${PLATFORM_REGISTRY") || EXACT.matcher(image).matches()).as(image).isTrue();
		});
	}

	/** The data of one can be moved to the other. */
	@Test
	void postgresqlHasTheSameVersionAsTheLocalOne() throws IOException {
		String image = FILE.service("postgresql").path("image").stringValue("");
		String version = image.replaceAll("^postgres:|@.*", "");
		assertThat(Files.readString(ROOT.resolve("pom.xml")))
			.contains("<postgresql-binaries.version>%s.0</".formatted(version));
	}

	@Test
	void everyContainerIsConfined() {
		assertThat(FILE.services()).allSatisfy((entry) -> {
			JsonNode service = entry.getValue();
			assertThat(service.path("read_only").booleanValue(false)
					|| service.path("labels").has("io.microplatform.writable"))
				.as(entry.getKey())
				.isTrue();
			assertThat(texts(service.path("cap_drop"))).as(entry.getKey()).containsExactly("ALL");
			assertThat(service.has("cap_add")).as(entry.getKey()).isFalse();
			assertThat(service.path("privileged").booleanValue(false)).as(entry.getKey()).isFalse();
			assertThat(texts(service.path("security_opt"))).as(entry.getKey()).contains("no-new-privileges:true");
			assertThat(service.path("mem_limit").stringValue("")).as(entry.getKey()).matches(MEMORY);
			assertThat(service.path("logging").path("options").has("max-size")).as(entry.getKey()).isTrue();
			assertThat(service.path("user").stringValue("")).as(entry.getKey()).isNotIn("root", "0", "0:0");
			assertThat(service.has("container_name")).as(entry.getKey()).isFalse();
		});
	}

	/** Those that run once have an exit code instead. */
	@Test
	void everyContainerThatStaysIsRestartedAndHasAHealthCheck() {
		Set<String> once = dependencies(COMPLETED);
		assertThat(FILE.services()).allSatisfy((entry) -> {
			boolean stays = !once.contains(entry.getKey());
			assertThat(entry.getValue().has("healthcheck")).as(entry.getKey()).isEqualTo(stays);
			assertThat(entry.getValue().path("restart").stringValue("").equals("unless-stopped")).as(entry.getKey())
				.isEqualTo(stays);
		});
	}

	@Test
	void everyDependencyHasAConditionThatCanBeMet() {
		assertThat(FILE.services()).allSatisfy((entry) -> assertThat(entry.getValue().path("depends_on").properties())
			.allSatisfy((dependency) -> assertThat(dependency.getValue().path("condition").stringValue(""))
				.isIn(HEALTHY, COMPLETED)));
		assertThat(dependencies(HEALTHY)).isNotEmpty()
			.allSatisfy((name) -> assertThat(FILE.service(name).has("healthcheck")).as(name).isTrue());
	}

	/** What some service waits for in that way. */
	private static Set<String> dependencies(String condition) {
		return FILE.services()
			.stream()
			.flatMap((service) -> service.getValue().path("depends_on").properties().stream())
			.filter((dependency) -> dependency.getValue().path("condition").stringValue("").equals(condition))
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
	}

	@Test
	void onlyTheGatewayIsReachableByDefault() {
		Set<String> published = FILE.services()
			.stream()
			.filter((service) -> service.getValue().has("ports") && !service.getValue().has("profiles"))
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
		assertThat(published).containsExactly("api-gateway");
	}

	/** A port of an internal network cannot be published. */
	@Test
	void everyPublishedPortIsOnTheLoopbackAddress() {
		for (ComposeFile file : List.of(FILE, STORES)) {
			assertThat(file.services()).filteredOn((service) -> service.getValue().has("ports"))
				.isNotEmpty()
				.allSatisfy((service) -> {
					assertThat(texts(service.getValue().path("ports")))
						.allMatch((port) -> port.startsWith("127.0.0.1:"));
					assertThat(texts(service.getValue().path("networks"))).contains(EDGE);
				});
		}
	}

	@Test
	void everyNetworkButOneIsInternal() {
		assertThat(FILE.content().path("networks").properties()).allSatisfy(
				(network) -> assertThat(network.getValue().path("internal").booleanValue(false)).as(network.getKey())
					.isEqualTo(!network.getKey().equals(EDGE)));
		assertThat(FILE.services()).filteredOn((service) -> !service.getKey().equals("store-config"))
			.allSatisfy((service) -> assertThat(texts(service.getValue().path("networks"))).as(service.getKey())
				.isNotEmpty());
	}

	@Test
	void businessServicesCanBeScaled() {
		assertThat(services()).allSatisfy((name) -> {
			assertThat(FILE.service(name).has("ports")).as(name).isFalse();
			assertThat(FILE.service(name).has("hostname")).as(name).isFalse();
			assertThat(texts(FILE.service(name).path("volumes"))).as(name).containsOnly("logs:/logs");
		});
	}

	@Test
	void theGatewayGetsMoreCpuTimeThanBusinessServices() {
		assertThat(services())
			.allSatisfy((name) -> assertThat(FILE.service(name).path("cpu_shares").asInt()).as(name).isEqualTo(512));
		assertThat(FILE.service("api-gateway").has("cpu_shares")).isFalse();
	}

	@Test
	void everySecretIsDeclaredAndUsed() {
		Set<String> declared = new TreeSet<>(FILE.content().path("secrets").propertyNames());
		Set<String> used = FILE.services()
			.stream()
			.flatMap((service) -> service.getValue().path("secrets").valueStream())
			.map((secret) -> secret.isString() ? secret.stringValue() : secret.path("source").stringValue(""))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(used).isEqualTo(declared);
		assertThat(FILE.content().path("secrets").properties())
			.allSatisfy((secret) -> assertThat(secret.getValue().path("file").stringValue(""))
				.isEqualTo("./deploy/secrets/" + secret.getKey()));
	}

	/** No value of a secret is in the environment, which `docker inspect` shows. */
	@Test
	void noVariableIsASecret() {
		assertThat(FILE.services())
			.allSatisfy((service) -> assertThat(service.getValue().path("environment").propertyNames())
				.noneMatch((variable) -> variable.matches(".*(PASSWORD|SECRET)")));
	}

	/** Properties have the names of their files, and are read by the service. */
	@Test
	void everyPropertyIsRead() throws IOException {
		String sources = sources();
		Stream<String> ofSecrets = FILE.services()
			.stream()
			.flatMap((service) -> service.getValue().path("secrets").valueStream())
			.map((secret) -> secret.path("target").stringValue(""))
			.filter((target) -> !target.isEmpty());
		Stream<String> ofVariables = FILE.services()
			.stream()
			.filter((service) -> service.getValue().path("image").stringValue("").startsWith("${"))
			.flatMap((service) -> service.getValue().path("environment").propertyNames().stream())
			.filter((name) -> name.startsWith("PLATFORM_"))
			.map((name) -> name.toLowerCase(Locale.ROOT).replace('_', '.'));
		assertThat(Stream.concat(ofSecrets, ofVariables).collect(Collectors.toSet())).isNotEmpty()
			.allSatisfy((property) -> assertThat(sources).as(property)
				.containsAnyOf(property, "\"%s\"".formatted(property.substring(0, property.lastIndexOf('.')))));
	}

	/** The main sources of the instances. */
	private static String sources() throws IOException {
		StringBuilder sources = new StringBuilder();
		Stream<String> modules = Stream.concat(Stream.of("instance-starter", "service-starter", "discovery-server",
				"config-server", "api-gateway", "admin-server"), services().stream());
		for (String module : modules.toList()) {
			try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main"))) {
				for (Path file : files.filter((found) -> found.toString().matches(".*\\.(java|yml)")).toList()) {
					sources.append(Files.readString(file));
				}
			}
		}
		return sources.toString();
	}

	@Test
	void theScriptCreatesEverySecretOnce(@TempDir Path directory) throws Exception {
		createSecrets(directory);
		Secrets secrets = Secrets.given(directory, BusinessServices.in(ROOT));
		String password = secrets.password("DATABASE", "order-service");
		assertThat(password).matches("[A-Za-z0-9]{40}");
		assertThat(secrets.get("PLATFORM_ADMIN_EMAIL")).contains("@");
		createSecrets(directory);
		assertThat(Secrets.given(directory, BusinessServices.in(ROOT)).password("DATABASE", "order-service"))
			.isEqualTo(password);
		try (Stream<Path> files = Files.list(directory)) {
			assertThat(files.map((file) -> String.valueOf(file.getFileName())))
				.containsExactlyInAnyOrderElementsOf(FILE.content().path("secrets").propertyNames());
		}
	}

	private static void createSecrets(Path directory) throws IOException, InterruptedException {
		Process script = new ProcessBuilder(ROOT.resolve("deploy/secrets.sh").toString(), directory.toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(script.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(script.exitValue()).isZero();
	}

	@Test
	void theOverlayHasServicesOfTheFile() {
		assertThat(STORES.services()).isNotEmpty().allSatisfy((service) -> {
			assertThat(FILE.service(service.getKey()).isMissingNode()).as(service.getKey()).isFalse();
			assertThat(texts(service.getValue().path("networks")))
				.containsAll(texts(FILE.service(service.getKey()).path("networks")));
		});
	}

	private static List<String> texts(JsonNode list) {
		return list.valueStream().map((value) -> value.stringValue("")).toList();
	}

}
