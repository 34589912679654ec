package io.microplatform.config.directory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Versions from a directory. The registry is unavailable, so there are no instances.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "platform.config.password=" + DirectoryTests.PASSWORD,
				"platform.discovery.uri=http://127.0.0.1:1/eureka/",
				"platform.discovery.password=another-password-for-tests" })
class DirectoryTests {

	static final String PASSWORD = "a-password-for-tests";

	@TempDir
	private static Path files;

	@TempDir
	private static Path snapshots;

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void directories(DynamicPropertyRegistry registry) throws IOException {
		edit("a: 1\n");
		registry.add("platform.config.directory", () -> files.toString());
		registry.add("platform.config.snapshots", () -> snapshots);
	}

	private static void edit(String content) throws IOException {
		Files.writeString(files.resolve("application.yml"), content);
	}

	/** The first version is published in the background, after the start. */
	@BeforeEach
	void theFirstVersionIsServed() throws Exception {
		await().atMost(PATIENCE).until(() -> served().statusCode() == 200);
		edit("a: 1\n");
		pull();
		assertThat(value()).isEqualTo(1);
	}

	@Test
	void anEditIsServedAfterAPull() throws Exception {
		edit("a: 2\n");
		assertThat(value()).isEqualTo(1);
		assertThat(JsonPath.<String>read(pull().body(), "$.outcome")).isEqualTo("DONE");
		assertThat(value()).isEqualTo(2);
	}

	@Test
	void aFileThatCannotBeServedIsRefused() throws Exception {
		edit("a: [\n");
		HttpResponse<String> answer = pull();
		assertThat(JsonPath.<String>read(answer.body(), "$.outcome")).isEqualTo("REFUSED");
		assertThat(JsonPath.<String>read(answer.body(), "$.problems[0].property")).isEqualTo("application.yml");
		assertThat(value()).isEqualTo(1);
	}

	@Test
	void aDirectoryWithoutConfigurationIsRefused() throws Exception {
		Files.delete(files.resolve("application.yml"));
		assertThat(JsonPath.<String>read(pull().body(), "$.outcome")).isEqualTo("REFUSED");
		assertThat(value()).isEqualTo(1);
	}

	private HttpResponse<String> pull() throws Exception {
		return send(request("/pull").header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"by\":\"ann\",\"how\":\"refresh\"}")));
	}

	private int value() throws Exception {
		return JsonPath.read(served().body(), "$.propertySources[0].source.a");
	}

	private HttpResponse<String> served() throws Exception {
		return send(request("/any-service/default"));
	}

	private HttpRequest.Builder request(String path) {
		String credentials = Base64.getEncoder()
			.encodeToString(("platform:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.header("Authorization", "Basic " + credentials);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

}
