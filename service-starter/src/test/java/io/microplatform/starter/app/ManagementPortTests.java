package io.microplatform.starter.app;

import java.nio.charset.StandardCharsets;

import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.test.ConfiguredLikeUp;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ServiceTest
@Import(TestTokens.class)
class ManagementPortTests {

	private final int port;

	private final int managementPort;

	private final String token;

	private final HealthEndpoint health;

	private final RestClient client = RestClient.builder()
		.defaultStatusHandler((status) -> true, (request, response) -> {
		})
		.build();

	ManagementPortTests(@LocalServerPort int port, @LocalManagementPort int managementPort, TokenProperties tokens,
			HealthEndpoint health) {
		this.port = port;
		this.managementPort = managementPort;
		this.token = TestTokens.administrator(7, tokens);
		this.health = health;
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/health/liveness", "/actuator/health/readiness", "/actuator/info",
			"/actuator/prometheus" })
	void whatMonitoringReadsIsOpenThereAndNowhereElse(String path) {
		assertThat(status(this.managementPort, path, "")).isEqualTo(200);
		assertThat(status(this.managementPort, path, "Bearer nonsense")).isEqualTo(200);
		assertThat(status(this.managementPort, path, "Basic nonsense")).isEqualTo(200);
		assertThat(status(this.port, path, "")).isEqualTo(401);
		assertThat(status(this.port, path, "Bearer nonsense")).isEqualTo(401);
		assertThat(status(this.port, path, this.token)).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/env", "/actuator/heapdump", "/actuator/loggers", "/actuator/shutdown" })
	void nothingElseOfIt(String path) {
		assertThat(status(this.managementPort, path, "")).isEqualTo(401);
		assertThat(status(this.managementPort, path, "Bearer nonsense")).isEqualTo(401);
		assertThat(status(this.managementPort, path, this.token)).isIn(403, 404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/metrics", "/actuator/threaddump", "/actuator/env", "/actuator/loggers" })
	void operatorsReadMoreWithTheManagementCredential(String path) {
		assertThat(status(this.managementPort, path, basic("management", ConfiguredLikeUp.MANAGEMENT_PASSWORD)))
			.isEqualTo(200);
		assertThat(status(this.managementPort, path, basic("management", "another password"))).isEqualTo(401);
		assertThat(status(this.managementPort, path, basic("platform", ConfiguredLikeUp.MANAGEMENT_PASSWORD)))
			.isEqualTo(401);
		assertThat(status(this.port, path, basic("management", ConfiguredLikeUp.MANAGEMENT_PASSWORD))).isEqualTo(401);
	}

	@Test
	void neitherAHeapDumpNorAShutdownExists() {
		String management = basic("management", ConfiguredLikeUp.MANAGEMENT_PASSWORD);
		assertThat(status(this.managementPort, "/actuator/heapdump", management)).isIn(401, 404);
		assertThat(status(this.managementPort, "/actuator/shutdown", management)).isIn(401, 404);
	}

	@Test
	void noCallOfTheService() {
		assertThat(status(this.port, "/open", "")).isEqualTo(200);
		assertThat(status(this.managementPort, "/open", "")).isIn(401, 404);
	}

	@Test
	void readyMeansThatStoreAndKeysAreThere() {
		assertThat(this.health.healthForPath("readiness")).isInstanceOfSatisfying(CompositeHealthDescriptor.class,
				(readiness) -> {
					assertThat(readiness.getStatus()).isEqualTo(Status.UP);
					assertThat(readiness.getComponents()).containsOnlyKeys("readinessState", "db", "tokenKeys");
				});
	}

	private static String basic(String user, String password) {
		return "Basic " + HttpHeaders.encodeBasicAuth(user, password, StandardCharsets.UTF_8);
	}

	private int status(int atPort, String path, String authorization) {
		return this.client.get().uri("http://127.0.0.1:" + atPort + path).headers((headers) -> {
			if (!authorization.isEmpty()) {
				headers.set(HttpHeaders.AUTHORIZATION, authorization);
			}
		}).retrieve().toBodilessEntity().getStatusCode().value();
	}

}
