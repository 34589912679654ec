package io.microplatform.config;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

// The registry is unavailable all the time: this server does its work without it.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "platform.config.password=" + ConfigServerTests.PASSWORD,
				"platform.management.password=" + ConfigServerTests.MANAGEMENT_PASSWORD,
				"platform.discovery.uri=http://127.0.0.1:1/eureka/",
				"platform.discovery.password=another-password-for-tests" })
class ConfigServerTests {

	static final String PASSWORD = "a-password-for-tests";

	static final String MANAGEMENT_PASSWORD = "a-password-of-operators";

	@TempDir
	private static Path snapshots;

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void snapshots(DynamicPropertyRegistry registry) {
		registry.add("platform.config.snapshots", () -> snapshots);
	}

	@BeforeEach
	void publishTheFirst() throws IOException {
		write("first", Map.of("application.yml", "a: 1\nb: 1\n", "user-service.yml", "b: 2\n"));
		publish("first");
	}

	@AfterEach
	void unpublish() throws IOException {
		Files.deleteIfExists(snapshots.resolve("current"));
	}

	@Nested
	class WithoutThePassword {

		@ParameterizedTest
		@ValueSource(strings = { "/user-service/default", "/actuator", "/actuator/health", "/actuator/prometheus",
				"/application.yml", "/user-service-default.yml", "/encrypt/status", "/error", "/" })
		void nothingIsShown(String path) throws Exception {
			HttpResponse<String> response = send(request(path));

			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.body()).isEmpty();
		}

		@ParameterizedTest
		@ValueSource(strings = { "/actuator/health/liveness", "/actuator/health/readiness" })
		void theProbesAnswer(String path) throws Exception {
			HttpResponse<String> response = send(request(path));

			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).isEqualTo("{\"status\":\"UP\"}");
		}

		@ParameterizedTest
		@ValueSource(strings = { "Basic", "Basic !", "Basic cGxhdGZvcm06d3Jvbmc=", "Bearer nonsense" })
		void theProbesAnswerWhateverTheCredentials(String authorization) throws Exception {
			for (String path : List.of("/actuator/health/liveness", "/actuator/health/readiness")) {
				assertThat(send(request(path).header("Authorization", authorization)).statusCode()).isEqualTo(200);
			}
			assertThat(send(request("/actuator/health").header("Authorization", authorization)).statusCode())
				.isEqualTo(401);
		}

		@ParameterizedTest
		@ValueSource(strings = { "Accept-Language: en,en,en,en,en,en,en,en,en,en,en", "X: " })
		void oddHeadsAreNoFailure(String header) throws Exception {
			String[] field = header.split(": ", 2);
			String value = field[1].isEmpty() ? "x".repeat(16_000) : field[1];
			assertThat(send(request("/actuator/health/readiness?" + "a&".repeat(1001)).header(field[0], value))
				.statusCode()).isEqualTo(200);
			assertThat(send(request("/actuator/health?x=%FF").header(field[0], value)).statusCode()).isEqualTo(401);
		}

	}

	@Nested
	class WithThePassword {

		@Test
		void anApplicationGetsItsOwnFileBeforeTheSharedOne() throws Exception {
			String environment = get("/user-service/default");

			assertThat(JsonPath.<String>read(environment, "$.version")).isEqualTo("first");
			assertThat(JsonPath.<Object>read(environment, "$.propertySources[0].source")).isEqualTo(Map.of("b", 2));
			assertThat(JsonPath.<Object>read(environment, "$.propertySources[1].source"))
				.isEqualTo(Map.of("a", 1, "b", 1));
		}

		@Test
		void anApplicationWithoutItsOwnFileGetsTheSharedOne() throws Exception {
			String environment = get("/new-service/local");

			assertThat(JsonPath.<Integer>read(environment, "$.propertySources.length()")).isEqualTo(1);
			assertThat(JsonPath.<Object>read(environment, "$.propertySources[0].source"))
				.isEqualTo(Map.of("a", 1, "b", 1));
		}

		@Test
		void aPublishedSnapshotIsServedAtOnceAndWhole() throws Exception {
			write("second", Map.of("application.yml", "a: 7\n"));

			assertThat(JsonPath.<String>read(get("/user-service/default"), "$.version")).isEqualTo("first");

			publish("second");
			String environment = get("/user-service/default");

			assertThat(JsonPath.<String>read(environment, "$.version")).isEqualTo("second");
			assertThat(JsonPath.<Integer>read(environment, "$.propertySources.length()")).isEqualTo(1);
			assertThat(JsonPath.<Object>read(environment, "$.propertySources[0].source")).isEqualTo(Map.of("a", 7));
		}

		@ParameterizedTest
		@ValueSource(strings = { "/user-service-default.yml", "/user-service-default.properties", "/encrypt/status",
				"/key/user-service/default", "/user-service/default/main/application.yml", "/" })
		void whatIsNotNeededIsNotServed(String path) throws Exception {
			assertThat(send(known(path)).statusCode()).isEqualTo(403);
		}

		@ParameterizedTest
		@ValueSource(strings = { "/..%28_%29second/default", "/..%2Fsecond/default", "/user-service/..%28_%29second",
				"/%2e%2e/default", "/first/application.yml/x", "/user%20service/default", "/application.yml/default" })
		void aNameIsNoWayOutOfTheSnapshot(String path) throws Exception {
			assertThat(send(known(path)).statusCode()).isBetween(400, 404);
		}

	}

	@Nested
	class WithoutWholeSnapshot {

		@Test
		void nothingIsServedWhenNoneIsPublished() throws Exception {
			unpublish();

			assertThatNothingIsServed();
		}

		@Test
		void nothingIsServedWhenThePublishedOneIsNotThere() throws Exception {
			publish("third");

			assertThatNothingIsServed();
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "..", "../first", "/etc", "first/../first" })
		void nothingIsServedWhenItsNameIsNoHash(String hash) throws Exception {
			publish(hash);

			assertThatNothingIsServed();
		}

		@Test
		void nothingIsServedWhenItCannotBeRead() throws Exception {
			write("broken", Map.of("application.yml", "a: [1\n"));
			publish("broken");

			HttpResponse<String> response = send(known("/user-service/default"));

			// Not 5xx: after that an instance would wait for what never comes.
			assertThat(response.statusCode()).isEqualTo(422);
			assertThat(response.body()).contains("broken cannot be read").doesNotContain("propertySources");
		}

		@Test
		void nothingIsServedWhenNothingIsMeantForTheProfile() throws Exception {
			write("other", Map.of("application.yml", "spring.config.activate.on-profile: prod\na: 1\n"));
			publish("other");

			HttpResponse<String> response = send(known("/user-service/default"));

			assertThat(response.statusCode()).isEqualTo(422);
			assertThat(response.body()).contains("no properties for user-service");
			assertThat(JsonPath.<Object>read(get("/user-service/prod"), "$.propertySources[0].source"))
				.asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsEntry("a", 1);
		}

		private void assertThatNothingIsServed() throws Exception {
			HttpResponse<String> response = send(known("/user-service/default"));

			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.body()).doesNotContain("propertySources");
			assertThat(send(request("/actuator/health/readiness")).statusCode()).isEqualTo(503);
			assertThat(send(request("/actuator/health/liveness")).statusCode()).isEqualTo(200);
		}

	}

	@Nested
	class WithTheManagementCredential {

		@ParameterizedTest
		@ValueSource(strings = { "/actuator", "/actuator/health", "/actuator/env", "/actuator/loggers" })
		void theActuatorIsOpen(String path) throws Exception {
			assertThat(send(managed(path)).statusCode()).isEqualTo(200);
		}

		@ParameterizedTest
		@ValueSource(strings = { "/user-service/default", "/history" })
		void configurationIsNotShown(String path) throws Exception {
			assertThat(send(managed(path)).statusCode()).isEqualTo(403);
		}

		@Test
		void thePasswordOfTheInstancesIsNotEnough() throws Exception {
			assertThat(send(known("/actuator/health")).statusCode()).isEqualTo(200);
			assertThat(send(known("/actuator/env")).statusCode()).isEqualTo(403);
		}

	}

	private static void write(String hash, Map<String, String> files) throws IOException {
		Path directory = Files.createDirectories(snapshots.resolve(hash));
		for (Map.Entry<String, String> file : files.entrySet()) {
			Files.writeString(directory.resolve(file.getKey()), file.getValue());
		}
	}

	private static void publish(String hash) throws IOException {
		Path next = Files.writeString(snapshots.resolve("current.next"), hash + "\n");
		Files.move(next, snapshots.resolve("current"), StandardCopyOption.ATOMIC_MOVE);
	}

	private String get(String path) throws IOException, InterruptedException {
		HttpResponse<String> response = send(known(path));
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path));
	}

	private HttpRequest.Builder known(String path) {
		return request(path, "platform:" + PASSWORD);
	}

	private HttpRequest.Builder managed(String path) {
		return request(path, "management:" + MANAGEMENT_PASSWORD);
	}

	private HttpRequest.Builder request(String path, String credentials) {
		return request(path).header("Authorization",
				"Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

}
