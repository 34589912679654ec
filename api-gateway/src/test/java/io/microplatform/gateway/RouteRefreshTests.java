package io.microplatform.gateway;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import io.microplatform.gateway.RawClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Versions of the configuration with other routes, which a running gateway applies or
 * refuses.
 */
class RouteRefreshTests extends GatewayTest {

	private static final String ROUTES = "spring.cloud.gateway.server.webflux.routes";

	private static ConfigurableApplicationContext changing;

	@BeforeAll
	static void startGateway() {
		// The first version takes a while, because the gateway then reads which
		// properties
		// there are. Requests in progress wait.
		changing = start("--spring.cloud.gateway.server.webflux.httpclient.response-timeout=10s",
				"--platform.circuit-breakers.hops[user-service.users].time-limit=10s");
	}

	@AfterAll
	static void stopGateway() {
		changing.close();
	}

	@AfterEach
	void restoreRoutes() throws Exception {
		refresh(managementPortOf(changing), "of-the-test", Map.of());
	}

	@Test
	void aNewRouteLeadsToItsServiceAndARemovedOneToNone() throws Exception {
		register("mail-service", upstream.port());
		assertThat(ask("/mails").status()).isEqualTo(404);

		Answer report = apply("with-mails", routes(List.of("users", "lb://user-service", "/users/**"),
				List.of("mails", "lb://mail-service", "/mails")));

		assertThat(JsonPath.<String>read(report.body(), "$.result")).as(report.body()).isEqualTo("TAKEN");
		assertThat(ask("/mails").status()).isEqualTo(201);
		assertThat(ask("/users/7").status()).isEqualTo(201);
		assertThat(ask("/orders").status()).isEqualTo(404);
	}

	@Test
	void theHealthOfTheRoutesFollowsThem() throws Exception {
		assertThat(health().body()).contains("user-service", "order-service");

		apply("users-only", routes(List.of("users", "lb://user-service", "/users/**")));

		assertThat(health().status()).isEqualTo(200);
		assertThat(health().body()).contains("user-service").doesNotContain("order-service");
	}

	@Test
	void aRequestInProgressKeepsItsRoute() throws Exception {
		try (RawClient client = new RawClient(publicPortOf(changing))) {
			client.send("POST /users/hang HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
			await().until(() -> !upstream.takeRequests().isEmpty());

			apply("without-users", routes(List.of("mails", "lb://mail-service", "/mails")));
			upstream.release(); // breaks off its answer

			assertProblem(client.read(), 502, "bad-gateway");
		}
		assertThat(ask("/users/7").status()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			[1].id                   | users              | [1].id           | is the id of another route
			[1].id                   | ''                 | [1].id           | is missing
			[1].uri                  | file:///etc/passwd | [1].uri          | must be lb://
			[1].uri                  | lb://mail_service  | [1].uri          | must be lb://
			[1].predicates[0]        | Nonsense=/mails    | [1]              | Nonsense
			[1].predicates[0]        | Path=/{mails       | [1]              | capture
			[1].predicates[0]        | nonsense           | [1].predicates   | nonsense
			[1].filters[0]           | Nonsense=1         | [1]              | Nonsense
			[1].filters[0]           | StripPrefix=many   | [1]              | many
			[1].metadata.cors.maxAge | 30                 | ''               | needs a restart
			""")
	void anInvalidRouteIsRefusedWithAllOthersAndNamed(String property, String value, String named, String problem)
			throws Exception {
		Map<String, String> routes = routes(List.of("users", "lb://user-service", "/users/**"),
				List.of("mails", "lb://mail-service", "/mails"));
		routes.put(ROUTES + property, value);

		Answer report = apply("invalid", routes);

		assertThat(JsonPath.<String>read(report.body(), "$.result")).as(report.body()).isEqualTo("REFUSED");
		assertThat(JsonPath.<String>read(report.body(), "$.problems[0].property")).startsWith(ROUTES + named);
		assertThat(JsonPath.<String>read(report.body(), "$.problems[0].message")).contains(problem);
		assertThat(ask("/mails").status()).isEqualTo(404);
		assertThat(ask("/login").status()).isEqualTo(201);
	}

	@Test
	void theLoadBalancersOfSpringCloudFollowTheRoutes() throws Exception {
		try (ConfigurableApplicationContext stock = start("--platform.balancer=stock")) {
			register("mail-service", upstream.port());
			refresh(managementPortOf(stock), "with-mails", routes(List.of("mails", "lb://mail-service", "/mails")));

			assertThat(RawClient.exchange(publicPortOf(stock), request("/mails")).status()).isEqualTo(201);
		}
	}

	/** Each route with an id, a target and a path. */
	@SafeVarargs
	private static Map<String, String> routes(List<String>... routes) {
		Map<String, String> properties = new HashMap<>();
		for (int i = 0; i < routes.length; i++) {
			String route = ROUTES + "[" + i + "].";
			properties.put(route + "id", routes[i].get(0));
			properties.put(route + "uri", routes[i].get(1));
			properties.put(route + "predicates[0]", "Path=" + routes[i].get(2));
		}
		return properties;
	}

	private static Answer apply(String version, Map<String, String> routes) throws IOException {
		return refresh(managementPortOf(changing), version, routes);
	}

	private static Answer ask(String path) throws IOException {
		return RawClient.exchange(publicPortOf(changing), request(path));
	}

	private static Answer health() throws IOException {
		return RawClient.exchange(managementPortOf(changing), request("/actuator/health/routes/routedServices"));
	}

	private static String request(String path) {
		return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
	}

	private static int publicPortOf(ConfigurableApplicationContext gateway) {
		return gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private static int managementPortOf(ConfigurableApplicationContext gateway) {
		return gateway.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
	}

}
