package io.microplatform.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import io.microplatform.gateway.RawClient.Answer;
import io.microplatform.gateway.Upstream.Request;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RoutingTests extends GatewayTest {

	@Nested
	class ARoutedRequest {

		@ParameterizedTest
		@ValueSource(strings = { "/login", "/users", "/users/", "/users/7", "/users/me?a=b%20c&d" })
		void reachesItsServiceUnchanged(String target) throws Exception {
			Answer answer = send(post(target, "{\"a\":1}"));

			assertThat(answer.status()).isEqualTo(201);
			assertThat(upstream.takeRequests()).singleElement().satisfies((request) -> {
				assertThat(request.method()).isEqualTo("POST");
				assertThat(request.target()).isEqualTo(target);
				assertThat(request.bodySize()).isEqualTo(7);
			});
		}

		@ParameterizedTest
		@ValueSource(strings = { "GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS" })
		void mayHaveEachOfTheseMethods(String method) throws Exception {
			Answer answer = send(method + " /users HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

			assertThat(answer.status()).isEqualTo(201);
			assertThat(upstream.takeRequests()).singleElement().extracting(Request::method).isEqualTo(method);
		}

		@Test
		void isAnsweredWithSecurityHeadersAndWithoutTracesOfTheSoftware() throws Exception {
			Answer answer = get("/users/7");

			assertSecurityHeaders(answer);
			assertThat(answer.headers()).containsEntry("location", "/users/7")
				.containsEntry("content-type", "application/json");
			assertThat(answer.body()).isEqualTo("{\"id\":7}");
		}

		@ParameterizedTest
		@ValueSource(strings = { "/users/taken", "/users/broken" })
		void isAnsweredByTheServicesOwnErrors(String path) throws Exception {
			Answer answer = get(path);

			assertThat(answer.status()).isIn(409, 500);
			assertThat(answer.body()).contains("/problems/").doesNotContain("traceId");
			assertSecurityHeaders(answer);
		}

		@Test
		void mayComeWithHttp10() throws Exception {
			Answer answer = send("GET /users/7 HTTP/1.0\r\n\r\n");

			assertThat(answer.status()).isEqualTo(201);
			assertThat(answer.headers()).doesNotContainKey("transfer-encoding");
		}

		@Test
		void mayShareItsConnectionAndBeSentBeforeTheAnswer() throws Exception {
			try (RawClient client = new RawClient(port())) {
				client.send("GET /users/1 HTTP/1.1\r\nHost: a\r\n\r\nGET /users/2 HTTP/1.1\r\nHost: a\r\n\r\n");

				assertThat(client.read().status()).isEqualTo(201);
				assertThat(client.read().status()).isEqualTo(201);

				client.send("GET /users/3 HTTP/1.1\r\nHost: a\r\n\r\nGET /users/..  HTTP/1.1\r\nHost: a\r\n\r\n");

				assertThat(client.read().status()).isEqualTo(201);
				assertProblem(client.read(), 400, "malformed-request");
				assertThat(client.isAtEnd()).isTrue();
			}
			assertThat(upstream.takeRequests()).extracting(Request::target)
				.containsExactly("/users/1", "/users/2", "/users/3");
		}

		/** As some clients end what they send in advance. */
		@Test
		void mayAskForTheEndOfTheConnectionWhileOthersWaitForTheirAnswers() throws Exception {
			try (RawClient client = new RawClient(port())) {
				client.send("GET /users/1 HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3)
						+ "GET /users/2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
						+ "GET /users/3 HTTP/1.1\r\nHost: a\r\n\r\n");

				for (int i = 0; i < 3; i++) {
					assertThat(client.read().headers()).doesNotContainKey("connection");
				}
				assertThat(client.read().headers()).containsEntry("connection", "close");
				assertThat(client.isAtEnd()).isTrue();
			}
			assertThat(upstream.takeRequests()).extracting(Request::target)
				.containsExactly("/users/1", "/users/1", "/users/1", "/users/2");
		}

	}

	@Nested
	class HeadersOfTheClient {

		@Test
		void passWhenTheyAreMeantForServices() throws Exception {
			request("GET", "/users", "Host: localhost", "Connection: close", "Authorization: Bearer x",
					"Accept: application/json", "Idempotency-Key: 1", "Prefer: wait=1", "If-Match: \"1\"");

			assertThat(upstream.takeRequests()).singleElement()
				.satisfies((request) -> assertThat(request.headers()).containsKeys("Authorization", "Accept",
						"Idempotency-key", "Prefer", "If-match"));
		}

		@Test
		void doNotPassWhenTheyCouldClaimSomething() throws Exception {
			request("GET", "/users", "Host: evil.example", "Connection: close, X-Secret", "X-Secret: a",
					"Forwarded: for=1.2.3.4", "X-Forwarded-For: 1.2.3.4", "X-Forwarded-Host: evil.example",
					"X-Forwarded-Prefix: /x", "X-Forwarded-Proto: https", "X-Real-IP: 1.2.3.4", "X-User-Id: 1",
					"X-Remote-User: admin", "X-HTTP-Method-Override: DELETE", "X-Original-URL: /internal",
					"Proxy-Authorization: Basic x", "Proxy: x", "TE: trailers", "Upgrade: h2c", "b3: 1-1",
					"Origin: http://evil.example");

			assertThat(upstream.takeRequests()).singleElement().satisfies((request) -> {
				// The last two are the gateway's own client's.
				assertThat(request.headers().keySet()).containsExactlyInAnyOrder("Host", "X-forwarded-for",
						"X-forwarded-proto", "Traceparent", "Accept", "User-agent");
				assertThat(request.headers().getFirst("Host")).isEqualTo("127.0.0.1:" + upstream.port());
				assertThat(request.headers().getFirst("X-Forwarded-For")).isEqualTo("127.0.0.1");
				assertThat(request.headers().getFirst("X-Forwarded-Proto")).isEqualTo("http");
			});
		}

		@Test
		void neverContinueATraceFromOutside() throws Exception {
			request("GET", "/users", "Host: localhost", "Connection: close",
					"traceparent: 00-11111111111111111111111111111111-2222222222222222-01");

			assertThat(upstream.takeRequests()).singleElement()
				.satisfies((request) -> assertThat(request.headers().getFirst("Traceparent"))
					.matches("00-(?!1{32})[0-9a-f]{32}-[0-9a-f]{16}-00"));
		}

		@Test
		void withPreflightsReachTheService() throws Exception {
			Answer answer = request("OPTIONS", "/users", "Host: localhost", "Connection: close",
					"Origin: http://evil.example", "Access-Control-Request-Method: POST");

			assertThat(answer.status()).isEqualTo(201);
		}

	}

	@Nested
	class AnyOtherPath {

		@ParameterizedTest
		@ValueSource(strings = { "/", "/nothing", "/loginx", "/login/x", "/usersx", "/Users", "/actuator",
				"/actuator/health", "/actuator/gateway/routes", "/actuator/refresh", "/eureka", "/eureka/apps",
				"/internal", "/internal/jwks", "/user-service/users", "/order-service/actuator", "/api-gateway/default",
				"/api-gateway-default.yml", "/encrypt", "/config", "/error", "/favicon.ico", "/webjars/x",
				"/.well-known/x" })
		void doesNotExist(String path) throws Exception {
			assertProblem(get(path), 404, "not-found");
			assertThat(upstream.takeRequests()).isEmpty();
		}

		@Test
		void doesNotExistForHeadWithoutBody() throws Exception {
			HttpResponse<String> response = http("HEAD", port(), "/nothing");

			assertThat(response.statusCode()).isEqualTo(404);
			assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
			assertThat(response.body()).isEmpty();
		}

	}

	@Nested
	class TheManagementPort {

		@ParameterizedTest
		@ValueSource(strings = { "/actuator/health/liveness", "/actuator/health/readiness", "/actuator/prometheus" })
		void showsHealthAndMetrics(String path) throws Exception {
			assertThat(http("GET", managementPort(), path).statusCode()).isEqualTo(200);
		}

		@Test
		void namesTheConfigurationThatTheGatewayRunsWith() throws Exception {
			assertThat(http("GET", managementPort(), "/actuator/info").body()).contains("of-the-test");
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "/", "/env", "/env/", "/%65nv", "/loggers", "/threaddump", "/metrics", "/caches",
				"/gateway/routes", "/nothing" })
		void showsNothingElseWithoutTheManagementCredential(String endpoint) throws Exception {
			String path = "/actuator" + endpoint;
			assertThat(http("GET", managementPort(), path).statusCode()).isEqualTo(401);
			assertThat(http(managementPort(), path, "management:wrong").statusCode()).isEqualTo(401);
			assertThat(http(managementPort(), path, "platform:" + MANAGEMENT_PASSWORD).statusCode()).isEqualTo(401);
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "/env", "/loggers", "/threaddump", "/metrics", "/health/liveness" })
		void showsMoreWithTheManagementCredential(String endpoint) throws Exception {
			HttpResponse<String> answer = http(managementPort(), "/actuator" + endpoint,
					"management:" + MANAGEMENT_PASSWORD);

			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.body()).doesNotContain(MANAGEMENT_PASSWORD, "a-password-for-tests");
		}

		@Test
		void hasNoOtherEndpoints() throws Exception {
			assertThat(http(managementPort(), "/actuator/gateway/routes", "management:" + MANAGEMENT_PASSWORD)
				.statusCode()).isEqualTo(404);
		}

		@Test
		void saysWhetherEveryRoutedServiceHasAnInstance() throws Exception {
			assertThat(http("GET", managementPort(), "/actuator/health/routes").statusCode()).isEqualTo(503);

			register("order-service", upstream.port());

			assertThat(http("GET", managementPort(), "/actuator/health/routes").statusCode()).isEqualTo(200);
		}

		@Test
		void namesTheInstancesThatGetRequests() throws Exception {
			HttpResponse<String> health = http("GET", managementPort(), "/actuator/health/routes/routedServices");

			assertThat(JsonPath.<List<Object>>read(health.body(), "$.details.user-service"))
				.containsExactly(Map.of("uri", "http://127.0.0.1:" + upstream.port(), "pid", PID));
			assertThat(JsonPath.<List<Object>>read(health.body(), "$.details.order-service")).isEmpty();
		}

	}

	private static String post(String target, String body) {
		return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
				+ body.length() + "\r\n\r\n" + body;
	}

	private static HttpResponse<String> http(String method, int port, String path)
			throws IOException, InterruptedException {
		try (HttpClient client = HttpClient.newHttpClient()) {
			return client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
				.method(method, HttpRequest.BodyPublishers.noBody())
				.build(), BodyHandlers.ofString());
		}
	}

	private static HttpResponse<String> http(int port, String path, String credentials)
			throws IOException, InterruptedException {
		String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
		try (HttpClient client = HttpClient.newHttpClient()) {
			return client.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
				.header("Authorization", "Basic " + encoded)
				.build(), BodyHandlers.ofString());
		}
	}

}
