package io.microplatform.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import io.microplatform.gateway.RawClient.Answer;
import io.microplatform.instance.balancer.KeyedCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Flux;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway with the configuration of production but short times and few connections, in
 * front of one user-service. Started once for all tests that extend this.
 */
abstract class GatewayTest {

	static final String PID = "4711";

	static final String MANAGEMENT_PASSWORD = "a-password-of-operators";

	static final Upstream upstream = new Upstream();

	private static final PublishedConfiguration configuration = new PublishedConfiguration();

	private static final Map<String, List<ServiceInstance>> instances = new ConcurrentHashMap<>();

	static final ConfigurableApplicationContext gateway = start();

	static ConfigurableApplicationContext start(String... more) {
		return start(List.of(), more);
	}

	static ConfigurableApplicationContext start(List<Class<?>> beans, String... more) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--management.server.port=0",
				"--platform.config.uri=" + configuration.uri(), "--platform.config.password=a-password-for-tests",
				"--platform.management.password=" + MANAGEMENT_PASSWORD, "--platform.discovery.password=unused",
				"--platform.discovery.uri=unused", "--eureka.client.enabled=false",
				// Leaves a second attempt much more time than a busy machine needs.
				"--platform.gateway.request-timeout=2s",
				// All tests have the same address.
				"--platform.rate-limits.per-address.requests=100000", "--platform.rate-limits.per-address.burst=100000",
				// In many tests, a service fails more often than a breaker permits.
				"--platform.circuit-breakers.defaults.minimum-calls=100000",
				// A healthy instance answers within this on a busy machine, too.
				// Given up, it leaves a test only with the instance that is ill.
				"--platform.retries.attempt-timeout=500ms",
				// Later than the deadline of the request, which has no other attempt.
				"--spring.cloud.gateway.server.webflux.httpclient.response-timeout=2500ms",
				"--spring.cloud.gateway.server.webflux.httpclient.pool.max-connections=2",
				"--spring.cloud.gateway.server.webflux.httpclient.pool.acquire-timeout=200"));
		// A property that is set twice has both values.
		Set<String> set = Stream.of(more).map(GatewayTest::name).collect(Collectors.toSet());
		arguments.removeIf((argument) -> set.contains(name(argument)));
		arguments.addAll(List.of(more));
		return new SpringApplicationBuilder(ApiGatewayApplication.class, Registry.class)
			.sources(beans.toArray(Class<?>[]::new))
			.run(arguments.toArray(String[]::new));
	}

	/**
	 * Publishes a version of the configuration and has a gateway apply it.
	 * @param port the management port of the gateway
	 * @param version the name of the version; that of {@link PublishedConfiguration} is
	 * "of-the-test"
	 * @param changes the properties that differ from those of {@code config-repo/}
	 * @return the answer, whose body is a report
	 */
	static Answer refresh(int port, String version, Map<String, String> changes) throws IOException {
		configuration.publish(version, changes);
		String body = "{\"password\":\"a-password-for-tests\"}";
		Answer report = RawClient.exchange(port,
				"POST /actuator/configuration HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
						+ "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
		assertThat(report.status()).as(report.body()).isEqualTo(200);
		return report;
	}

	private static String name(String argument) {
		return argument.split("=", 2)[0];
	}

	@BeforeEach
	void oneInstanceOfUserService() {
		instances.clear();
		register("user-service", upstream.port());
		upstream.takeRequests();
	}

	@AfterEach
	void nothingHangs() {
		upstream.release();
	}

	static void register(String service, int... ports) {
		instances.put(service, Arrays.stream(ports).mapToObj((port) -> instance(service, port)).toList());
	}

	/** Instances of a service, each of a release. */
	static void register(String service, Map<Integer, String> releasesByPort) {
		instances.put(service,
				releasesByPort.entrySet()
					.stream()
					.map((entry) -> instance(service, entry.getKey(), Map.of("pid", PID, "release", entry.getValue())))
					.toList());
	}

	private static ServiceInstance instance(String service, int port) {
		return instance(service, port, Map.of("pid", PID, KeyedCalls.METADATA, "POST /orders"));
	}

	private static ServiceInstance instance(String service, int port, Map<String, String> metadata) {
		return new DefaultServiceInstance(service + ":" + port, service, "127.0.0.1", port, false, metadata);
	}

	static void unregister(String service) {
		instances.remove(service);
	}

	static int port() {
		return gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	static int managementPort() {
		return gateway.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
	}

	Answer get(String path) throws IOException {
		return request("GET", path, "Host: localhost", "Connection: close");
	}

	Answer request(String method, String target, String... headers) throws IOException {
		return send(method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
	}

	Answer send(String request) throws IOException {
		return RawClient.exchange(port(), request);
	}

	static void assertProblem(Answer answer, int status, String kind) {
		assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
		assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
		assertThat(JsonPath.<String>read(answer.body(), "$.type")).isEqualTo("/problems/" + kind);
		assertThat(JsonPath.<Integer>read(answer.body(), "$.status")).isEqualTo(status);
		assertThat(JsonPath.<String>read(answer.body(), "$.title")).isNotBlank();
		assertThat(JsonPath.<String>read(answer.body(), "$.detail")).isNotBlank();
		assertThat(JsonPath.<String>read(answer.body(), "$.traceId")).matches("[0-9a-f]{32}");
		assertSecurityHeaders(answer);
	}

	static void assertSecurityHeaders(Answer answer) {
		assertThat(answer.headers()).containsEntry("x-content-type-options", "nosniff")
			.containsEntry("x-frame-options", "DENY")
			.containsEntry("referrer-policy", "no-referrer")
			.containsEntry("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
			.containsEntry("cache-control", "no-store")
			.doesNotContainKeys("server", "x-powered-by");
	}

	/**
	 * Stands in for Eureka, whose place in all this is tested with the real one. Not
	 * annotated, or the component scan of that other test's gateway would find it.
	 */
	static class Registry {

		/**
		 * Its own: a gateway that ends takes those that all share away from the others.
		 */
		@Bean
		ReactorResourceFactory testResources() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			return resources;
		}

		@Bean
		DiscoveryClient testInstances() {
			return new DiscoveryClient() {

				@Override
				public String description() {
					return "instances of the test";
				}

				@Override
				public List<ServiceInstance> getInstances(String serviceId) {
					return instances.getOrDefault(serviceId, List.of());
				}

				@Override
				public List<String> getServices() {
					return List.copyOf(instances.keySet());
				}

			};
		}

		@Bean
		ReactiveDiscoveryClient testReactiveInstances() {
			return new ReactiveDiscoveryClient() {

				@Override
				public String description() {
					return "instances of the test";
				}

				@Override
				public Flux<ServiceInstance> getInstances(String serviceId) {
					return Flux.fromIterable(instances.getOrDefault(serviceId, List.of()));
				}

				@Override
				public Flux<String> getServices() {
					return Flux.fromIterable(instances.keySet());
				}

			};
		}

	}

}
