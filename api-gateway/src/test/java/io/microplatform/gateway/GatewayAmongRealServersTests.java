package io.microplatform.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * The gateway with the real registry and the real config server, which start after it.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class GatewayAmongRealServersTests {

	private static final String CONFIG_PASSWORD = "the-config-password-of-the-test";

	private static final String DISCOVERY_PASSWORD = "the-discovery-password-of-the-test";

	private static final int configPort = ServerProcess.freePort();

	private static final int discoveryPort = ServerProcess.freePort();

	private static final Upstream upstream = new Upstream();

	private static final HttpClient client = HttpClient.newHttpClient();

	@TempDir
	private static Path snapshots;

	private static ServerProcess discoveryServer;

	/** It is away all the time: the gateway and the config server can do without. */
	private static ServerProcess configServer;

	private static ConfigurableApplicationContext gateway;

	@BeforeAll
	static void startInTheWrongOrder(CapturedOutput output) throws Exception {
		publishConfiguration();
		CompletableFuture<ConfigurableApplicationContext> starting = CompletableFuture
			.supplyAsync(() -> start(CONFIG_PASSWORD));
		await().untilAsserted(() -> assertThat(output.getErr()).contains("Waiting for configuration"));
		configServer = new ServerProcess("config-server", configPort,
				Map.of("PLATFORM_CONFIG_PASSWORD", CONFIG_PASSWORD, "PLATFORM_CONFIG_SNAPSHOTS", snapshots.toString(),
						"PLATFORM_DISCOVERY_URI", discoveryUri(), "PLATFORM_DISCOVERY_PASSWORD", DISCOVERY_PASSWORD));
		gateway = starting.get(1, TimeUnit.MINUTES);
		discoveryServer = new ServerProcess("discovery-server", discoveryPort,
				Map.of("PLATFORM_DISCOVERY_PASSWORD", DISCOVERY_PASSWORD));
	}

	@AfterAll
	static void stop() {
		gateway.close();
		discoveryServer.close();
		configServer.close();
		upstream.close();
		client.close();
	}

	@Test
	void itRunsWithThePublishedConfiguration() {
		assertThat(gateway.getEnvironment().getProperty("config.client.version")).isEqualTo("0f0f");
	}

	@Test
	void itRoutesToInstancesAsLongAsTheyAreRegisteredAndTellsNobodyThePassword(CapturedOutput output) throws Exception {
		await().atMost(Duration.ofSeconds(90))
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(registry("", "GET")).isEqualTo(200));
		assertThat(registry("/USER-SERVICE", "POST")).isEqualTo(204);

		await().untilAsserted(() -> assertThat(usersStatus()).isEqualTo(201));

		assertThat(registry("/USER-SERVICE/user-service:of-the-test", "DELETE")).isEqualTo(200);

		await().untilAsserted(() -> assertThat(usersStatus()).isEqualTo(503));
		assertThat(output.getAll()).doesNotContain(DISCOVERY_PASSWORD).doesNotContain(CONFIG_PASSWORD);
	}

	@Test
	void aWrongPasswordStopsTheStartAtOnce() {
		assertThatException().isThrownBy(() -> start("not-the-password-of-the-test"))
			.havingRootCause()
			.withMessageContaining("401");
	}

	@Test
	void aMissingPasswordStopsTheStartAndIsNamed() {
		assertThatException().isThrownBy(() -> start("${platform.config.nothing}"))
			.withMessage("platform.config.password is missing");
	}

	private static ConfigurableApplicationContext start(String configPassword) {
		return new SpringApplicationBuilder(ApiGatewayApplication.class).profiles("local")
			.run("--server.port=" + ServerProcess.freePort(), "--management.server.port=" + ServerProcess.freePort(),
					"--platform.config.uri=http://127.0.0.1:" + configPort,
					"--platform.config.password=" + configPassword, "--platform.discovery.uri=" + discoveryUri(),
					"--platform.discovery.password=" + DISCOVERY_PASSWORD);
	}

	private static String discoveryUri() {
		return "http://127.0.0.1:" + discoveryPort + "/eureka/";
	}

	private static void publishConfiguration() throws IOException {
		FileSystemUtils.copyRecursively(Path.of(System.getProperty("platform.root"), "config-repo"),
				snapshots.resolve("0f0f"));
		Files.writeString(snapshots.resolve("current"), "0f0f\n");
	}

	private static int usersStatus() throws IOException, InterruptedException {
		String uri = "http://127.0.0.1:" + gateway.getEnvironment().getProperty("local.server.port") + "/users/7";
		return client.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.discarding()).statusCode();
	}

	private static int registry(String path, String method) throws IOException, InterruptedException {
		String instance = String.format(Locale.ROOT, """
				{"instance": {"instanceId": "user-service:of-the-test", "hostName": "127.0.0.1", "status": "UP",
				 "ipAddr": "127.0.0.1", "app": "USER-SERVICE", "vipAddress": "user-service",
				 "port": {"$": %d, "@enabled": true}, "dataCenterInfo": {"name": "MyOwn",
				 "@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo"}}}
				""", upstream.port());
		String credentials = Base64.getEncoder()
			.encodeToString(("platform:" + DISCOVERY_PASSWORD).getBytes(StandardCharsets.UTF_8));
		return client
			.send(HttpRequest.newBuilder(URI.create(discoveryUri() + "apps" + path))
				.header("Authorization", "Basic " + credentials)
				.header("Content-Type", "application/json")
				.method(method, method.equals("POST") ? BodyPublishers.ofString(instance) : BodyPublishers.noBody())
				.build(), BodyHandlers.discarding())
			.statusCode();
	}

}
