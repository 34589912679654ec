package io.microplatform.config.rollout;

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
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import io.microplatform.configfiles.Publication;
import io.microplatform.configfiles.SnapshotStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that keeps three versions. The registry is unavailable, so there are no
 * instances.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "platform.config.password=" + SnapshotRetentionTests.PASSWORD,
				"platform.discovery.uri=http://127.0.0.1:1/eureka/",
				"platform.discovery.password=another-password-for-tests", "platform.config.kept-versions=3" })
class SnapshotRetentionTests {

	static final String PASSWORD = "a-password-for-tests";

	@TempDir
	private static Path directory;

	private final HttpClient client = HttpClient.newHttpClient();

	private final SnapshotStore snapshots;

	private final SnapshotRetention retention;

	@LocalServerPort
	private int port;

	SnapshotRetentionTests(@Autowired SnapshotStore snapshots, @Autowired SnapshotRetention retention) {
		this.snapshots = snapshots;
		this.retention = retention;
	}

	@DynamicPropertySource
	static void snapshots(DynamicPropertyRegistry registry) {
		registry.add("platform.config.snapshots", () -> directory);
	}

	@BeforeEach
	void rollOutSixVersions() throws Exception {
		store("v0");
		this.snapshots.publish(new Publication(Instant.EPOCH, "v0", "ann", "up"));
		for (int i = 1; i <= 6; i++) {
			store("v" + i);
			assertThat(JsonPath.<String>read(refresh("v" + i).body(), "$.outcome")).isEqualTo("DONE");
		}
		store("refused");
		for (String version : List.of("v0", "v1", "v2", "v3", "v4", "v5", "v6", "refused")) {
			Files.setLastModifiedTime(directory.resolve(version), FileTime.from(Instant.EPOCH));
		}
	}

	@Test
	void onlyTheNewestVersionsAreKept() throws Exception {
		this.retention.run();
		for (String deleted : List.of("v0", "v1", "v2", "v3", "refused")) {
			assertThat(directory.resolve(deleted)).doesNotExist();
		}
		assertThat(served("").statusCode()).isEqualTo(200);
		assertThat(JsonPath.<String>read(served("").body(), "$.version")).isEqualTo("v6");
		assertThat(served("/v4").statusCode()).isEqualTo(200);
		assertThat(served("/v3").statusCode()).isEqualTo(404);
		assertThat(served("/v3").body()).contains("version v3 was deleted");
		List<Boolean> stored = JsonPath.read(send(request("/history")).body(), "$[-7:].stored");
		assertThat(stored).containsExactly(false, false, false, false, true, true, true);
	}

	@Test
	void aKeptVersionCanBeRolledOutAgainAndADeletedOneIsNamed() throws Exception {
		this.retention.run();
		assertThat(JsonPath.<String>read(refresh("v4").body(), "$.outcome")).isEqualTo("DONE");
		assertThat(this.snapshots.current().version()).isEqualTo("v4");
		HttpResponse<String> answer = refresh("v1");
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.body()).contains("version v1 was deleted");
		assertThat(this.snapshots.current().version()).isEqualTo("v4");
	}

	@Test
	void aVersionThatWasJustStoredIsKept() throws Exception {
		store("next");
		this.retention.run();
		assertThat(JsonPath.<String>read(refresh("next").body(), "$.outcome")).isEqualTo("DONE");
	}

	private void store(String version) {
		this.snapshots.store(version, Map.of("application.yml", "a: 1\n".getBytes(StandardCharsets.UTF_8)));
	}

	private HttpResponse<String> refresh(String version) throws IOException, InterruptedException {
		String body = "{\"version\":\"%s\",\"by\":\"ann\",\"how\":\"refresh\"}".formatted(version);
		return send(request("/refresh").header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
	}

	private HttpResponse<String> served(String version) throws IOException, InterruptedException {
		return send(request("/user-service/default" + version));
	}

	private HttpRequest.Builder request(String path) {
		String credentials = Base64.getEncoder()
			.encodeToString(("platform:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.header("Authorization", "Basic " + credentials);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

}
