package io.microplatform.discovery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import com.netflix.eureka.EurekaServerConfig;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.cloud.netflix.eureka.http.EurekaClientHttpRequestFactorySupplier;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "platform.discovery.password=" + DiscoveryServerTests.PASSWORD,
				"platform.management.password=" + DiscoveryServerTests.MANAGEMENT_PASSWORD,
				"eureka.server.wait-time-in-ms-when-sync-empty=0" })
class DiscoveryServerTests {

	static final String PASSWORD = "a-password-for-tests";

	static final String MANAGEMENT_PASSWORD = "a-password-of-operators";

	static final String INSTANCE = """
			{"instance": {"instanceId": "user-service:8200", "hostName": "127.0.0.1", "ipAddr": "127.0.0.1",
			 "app": "USER-SERVICE", "vipAddress": "user-service", "status": "UP", "port": {"$": 8200, "@enabled": true},
			 "dataCenterInfo": {"@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", "name": "MyOwn"}}}
			""";

	/** A second less than an instance that leaves serves on; callers ask each second. */
	private static final Duration SOON = Duration.ofSeconds(2);

	private static final int PAIRS = 10;

	private static final int OTHERS = 4;

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Nested
	class WithoutThePassword {

		@ParameterizedTest
		@ValueSource(strings = { "/", "/lastn", "/eureka/apps", "/eureka/apps/USER-SERVICE", "/eureka/css/wro.css",
				"/actuator", "/actuator/health", "/actuator/prometheus", "/actuator/info", "/error", "/anything" })
		void nothingIsShown(String path) throws Exception {
			HttpResponse<String> response = send(request(path));

			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.body()).isEmpty();
		}

		@Test
		void registrationIsDenied() throws Exception {
			HttpResponse<String> response = send(
					request("/eureka/apps/USER-SERVICE").header("Content-Type", "application/json")
						.POST(BodyPublishers.ofString(INSTANCE)));

			assertThat(response.statusCode()).isEqualTo(401);
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
		void anInstanceThatRegistersIsFoundAtOnce() throws Exception {
			// Fills the cache of answers, which must not hide what comes next.
			assertThat(send(known("/eureka/apps")).body()).doesNotContain("user-service:8200");

			HttpResponse<String> registered = send(
					known("/eureka/apps/USER-SERVICE").header("Content-Type", "application/json")
						.POST(BodyPublishers.ofString(INSTANCE)));

			assertThat(registered.statusCode()).isEqualTo(204);
			assertThat(send(known("/eureka/apps")).body()).contains("user-service:8200");

			HttpResponse<String> removed = send(known("/eureka/apps/USER-SERVICE/user-service:8200").DELETE());

			assertThat(removed.statusCode()).isEqualTo(200);
			assertThat(send(known("/eureka/apps")).body()).doesNotContain("user-service:8200");
		}

		/**
		 * The first of two makes everybody's next answer be made anew; one that is being
		 * made when the second comes lacks it, and is cached after what was cached was
		 * thrown away.
		 */
		@Test
		void twoThatRegisterWhileOthersAskAreFoundSoon() throws Exception {
			AtomicBoolean asking = new AtomicBoolean(true);
			try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
				for (int i = 0; i < OTHERS; i++) {
					var _ = threads.submit(() -> {
						while (asking.get()) {
							send(known("/eureka/apps"));
						}
						return null;
					});
				}
				try {
					for (int i = 0; i < PAIRS; i++) {
						List<String> pair = List.of("order-service:1" + i, "order-service:2" + i);
						threads.invokeAll(pair.stream().map(this::registration).toList());
						await(pair.toString()).atMost(SOON)
							.until(() -> send(known("/eureka/apps")).body().contains(pair.getFirst() + '"')
									&& send(known("/eureka/apps")).body().contains(pair.getLast() + '"'));
					}
				}
				finally {
					asking.set(false);
				}
			}
		}

		private Callable<Integer> registration(String id) {
			String instance = INSTANCE.replace("user-service:8200", id).replace("USER-SERVICE", "ORDER-SERVICE");
			return () -> send(known("/eureka/apps/ORDER-SERVICE").header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(instance))).statusCode();
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/actuator/health", "/actuator/prometheus", "/actuator/info" })
		void dashboardAndMetricsAreShown(String path) throws Exception {
			assertThat(send(known(path)).statusCode()).isEqualTo(200);
		}

		@ParameterizedTest
		@ValueSource(strings = { "/actuator", "/actuator/env", "/actuator/heapdump", "/actuator/loggers" })
		void theRestOfTheActuatorIsDenied(String path) throws Exception {
			assertThat(send(known(path)).statusCode()).isEqualTo(403);
		}

	}

	@Nested
	class WithTheManagementCredential {

		@ParameterizedTest
		@ValueSource(strings = { "", "/health", "/info", "/prometheus", "/metrics", "/loggers", "/threaddump", "/env" })
		void theActuatorIsOpen(String endpoint) throws Exception {
			assertThat(send(managed("/actuator" + endpoint)).statusCode()).isEqualTo(200);
		}

		@Test
		void noSecretIsShown() throws Exception {
			assertThat(send(managed("/actuator/env")).body()).contains("platform.discovery.password")
				.doesNotContain(PASSWORD, MANAGEMENT_PASSWORD);
		}

		@ParameterizedTest
		@ValueSource(strings = { "/heapdump", "/shutdown", "/beans", "/configprops" })
		void otherEndpointsAreNotExposed(String endpoint) throws Exception {
			assertThat(send(managed("/actuator" + endpoint)).statusCode()).isEqualTo(404);
		}

		@Test
		void logLevelsCannotBeChanged() throws Exception {
			assertThat(send(managed("/actuator/loggers/ROOT").header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString("{\"configuredLevel\":\"DEBUG\"}"))).statusCode()).isEqualTo(405);
		}

		@ParameterizedTest
		@ValueSource(strings = { "/", "/eureka/apps" })
		void nothingElseIsOpen(String path) throws Exception {
			assertThat(send(managed(path)).statusCode()).isEqualTo(403);
		}

	}

	@Test
	void expiredInstancesAreAlwaysEvicted(@Autowired EurekaServerConfig config) {
		assertThat(config.shouldEnableSelfPreservation()).isFalse();
		assertThat(config.getEvictionIntervalTimerInMs()).isEqualTo(5000);
		assertThat(config.shouldUseReadOnlyResponseCache()).isFalse();
	}

	@Test
	void itIsNotAClientOfItself(@Autowired ApplicationContext context) {
		assertThat(ClassUtils.isPresent("org.springframework.cloud.config.client.ConfigClientProperties", null))
			.isFalse();
		assertThat(context.getBeanProvider(EurekaClientHttpRequestFactorySupplier.class)).isEmpty();
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.header("Accept", "application/json, */*;q=0.5");
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
