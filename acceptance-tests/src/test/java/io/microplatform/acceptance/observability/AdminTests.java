package io.microplatform.acceptance.observability;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.client.Reply;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.local.process.RunRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests what the admin server shows, and that it and the actuators require a password.
 */
@AcceptanceTest
class AdminTests {

	private static final List<String> SERVICES = List.of("api-gateway", "config-server", "discovery-server",
			"order-service", "user-service");

	/** The admin server finds the instances, and requests the health of each. */
	private static final Duration SHOWN_WITHIN = Duration.ofSeconds(30);

	/**
	 * The types that the page accepts. Spring Boot Admin converts a response of another
	 * type like that of an older actuator.
	 */
	private static final String JSON = "application/vnd.spring-boot.actuator.v3+json, application/json";

	private final PrivatePlatform platform;

	private final URI admin;

	private final String token;

	AdminTests(PrivatePlatform platform) {
		this.platform = platform;
		this.admin = URI.create(platform.processes().recordOf("admin-server").url());
		this.token = platform.signUp("Ann").token();
	}

	@Test
	void showsEveryInstanceWithItsHealth() {
		List<String> running = SERVICES.stream()
			.flatMap((service) -> this.platform.processes().instancesOf(service).stream())
			.map(RunRecord::name)
			.toList();
		await().atMost(SHOWN_WITHIN)
			.untilAsserted(() -> assertThat(healthy()).containsExactlyInAnyOrderElementsOf(running));
	}

	@Test
	void masksTheValuesOfTheEnvironment() {
		for (String service : SERVICES) {
			await(service).atMost(SHOWN_WITHIN).untilAsserted(() -> {
				Reply environment = asAdmin("/instances/" + idOf(service) + "/actuator/env");
				assertThat(environment.status()).isEqualTo(200);
				List<String> values = environment.json()
					.path("propertySources")
					.valueStream()
					.flatMap((source) -> source.path("properties").valueStream())
					.map((property) -> property.path("value").asString(""))
					.filter((value) -> !value.isEmpty())
					.toList();
				assertThat(values).isNotEmpty().containsOnly("******");
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/instances", "/applications", "/sba-settings.js", "/actuator/env" })
	void showsNothingWithoutThePassword(String path) {
		assertThat(PlatformClient.of(this.admin).get(path).status()).isEqualTo(401);
		assertThat(get(this.admin, path, "admin", "a wrong password").status()).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "metrics", "loggers", "threaddump", "env", "caches" })
	void actuatorsRequireTheManagementPassword(String endpoint) {
		String password = this.platform.processes().secret("PLATFORM_MANAGEMENT_PASSWORD");
		for (String service : List.of("api-gateway", "order-service", "user-service")) {
			URI actuator = actuator(this.platform.processes().recordOf(service));
			String path = "/actuator/" + endpoint;
			assertThat(PlatformClient.of(actuator).get(path).status()).as(service).isEqualTo(401);
			assertThat(PlatformClient.of(actuator).withToken(this.token).get(path).status()).as(service).isIn(401, 403);
			assertThat(get(actuator, path, "management", "a wrong password").status()).as(service).isEqualTo(401);
			assertThat(get(actuator, path, "management", password).status()).as(service).isEqualTo(200);
		}
	}

	@Test
	void logLevelsAreReadOnly() {
		String password = this.platform.processes().secret("PLATFORM_MANAGEMENT_PASSWORD");
		URI actuator = actuator(this.platform.processes().recordOf("order-service"));
		assertThat(change(actuator, "/actuator/loggers/ROOT", "management", password).status()).isEqualTo(405);
		assertThat(change(this.admin, "/instances/" + idOf("order-service") + "/actuator/loggers/ROOT", "admin",
				this.platform.processes().secret("PLATFORM_ADMIN_SERVER_PASSWORD"))
			.status()).isIn(401, 403);
	}

	@Test
	void linksToRunningPrograms() {
		assertThat(asAdmin("/sba-settings.js").body().replace("\\/", "/")).contains("Zipkin", "Gateway",
				"127.0.0.1:" + this.platform.processes().recordOf("zipkin").port());
	}

	private List<String> healthy() {
		return instances().filter((instance) -> text(instance, "/statusInfo/status").equals("UP"))
			.map((instance) -> text(instance, "/registration/name").toLowerCase(Locale.ROOT))
			.toList();
	}

	private String idOf(String service) {
		return instances().filter((instance) -> text(instance, "/registration/name").equalsIgnoreCase(service))
			.map((instance) -> text(instance, "/id"))
			.findFirst()
			.orElse("none");
	}

	private Stream<JsonNode> instances() {
		return asAdmin("/instances").expect(200).json().valueStream();
	}

	private static String text(JsonNode node, String pointer) {
		return node.at(pointer).asString("");
	}

	private Reply asAdmin(String path) {
		return get(this.admin, path, "admin", this.platform.processes().secret("PLATFORM_ADMIN_SERVER_PASSWORD"));
	}

	private static URI actuator(RunRecord instance) {
		return URI.create(String.format(Locale.ROOT, "http://127.0.0.1:%d",
				Objects.requireNonNullElse(instance.managementPort(), instance.port())));
	}

	private static Reply change(URI server, String path, String user, String password) {
		return send(server, path, user, password,
				HttpRequest.newBuilder().POST(BodyPublishers.ofString("{\"configuredLevel\":\"TRACE\"}")));
	}

	private static Reply get(URI server, String path, String user, String password) {
		return send(server, path, user, password, HttpRequest.newBuilder().GET());
	}

	private static Reply send(URI server, String path, String user, String password, HttpRequest.Builder request) {
		String credentials = Base64.getEncoder()
			.encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
		return PlatformClient.of(server)
			.send(request.uri(URI.create(server + path))
				.setHeader("Accept", path.endsWith(".js") ? "*/*" : JSON)
				.header("Content-Type", "application/json")
				.header("Authorization", "Basic " + credentials));
	}

}
