package io.microplatform.gateway;

import java.io.IOException;

import io.microplatform.gateway.RawClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** With Spring Cloud Gateway's {@code globalcors}, and nothing else. */
class CrossOriginTests extends GatewayTest {

	private static final String PROPERTY = "--spring.cloud.gateway.server.webflux.globalcors.cors-configurations";

	private static final String SHOP = "https://shop.example";

	private static ConfigurableApplicationContext open;

	@BeforeAll
	static void allowTheShop() {
		open = start(PROPERTY + ".[/users/**].allowed-origins=" + SHOP,
				PROPERTY + ".[/users/**].allowed-methods=GET,POST,PATCH",
				PROPERTY + ".[/users/**].allowed-headers=Authorization,Content-Type,Idempotency-Key",
				PROPERTY + ".[/users/**].exposed-headers=ETag,Location",
				PROPERTY + ".[/users/**].allow-credentials=true", PROPERTY + ".[/users/**].max-age=600",
				PROPERTY + ".[/nothing].allowed-origins=*");
	}

	@AfterAll
	static void stop() {
		open.close();
	}

	@Test
	void preflightsAreAnsweredByTheGateway() throws Exception {
		Answer answer = from(SHOP, "OPTIONS /users/7", "Access-Control-Request-Method: PATCH",
				"Access-Control-Request-Headers: authorization, content-type");

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.headers()).containsEntry("access-control-allow-origin", SHOP)
			.containsEntry("access-control-allow-methods", "GET,POST,PATCH")
			.containsEntry("access-control-allow-headers", "authorization, content-type")
			.containsEntry("access-control-allow-credentials", "true")
			.containsEntry("access-control-max-age", "600");
		assertThat(upstream.takeRequests()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "https://evil.example, PATCH, authorization", "https://shop.example, DELETE, authorization",
			"https://shop.example, PATCH, x-other", "https://shop.example.evil.example, GET, ''", "null, GET, ''" })
	void preflightsOfOthersAreRefused(String origin, String method, String header) throws Exception {
		Answer answer = from(origin, "OPTIONS /users/7", "Access-Control-Request-Method: " + method,
				"Access-Control-Request-Headers: " + header);

		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
		assertThat(upstream.takeRequests()).isEmpty();
	}

	@Test
	void answersOfServicesAreReadable() throws Exception {
		Answer answer = from(SHOP, "GET /users/7");

		assertThat(answer.status()).isEqualTo(201);
		assertReadable(answer);
		assertThat(upstream.takeRequests()).singleElement()
			.satisfies((request) -> assertThat(request.headers()).doesNotContainKey("Origin"));
	}

	@ParameterizedTest
	@CsvSource({ "GET /users/break-off, '', 502", "GET /users/hang, '', 504",
			"POST /users/7, Content-Length: 1000000, 413", "GET /users/7, Connection: Authorization, 400",
			"POST /users/7, Content-Length: 10, 408", "FOO /users/7, '', 405" })
	void problemsOfTheGatewayAreReadable(String request, String header, int status) throws Exception {
		Answer answer = header.isEmpty() ? from(SHOP, request) : from(SHOP, request, header);

		assertThat(answer.status()).isEqualTo(status);
		assertReadable(answer);
		assertSecurityHeaders(answer);
	}

	@Test
	void problemsWithoutARouteAreReadable() throws Exception {
		Answer answer = from("https://any.example", "GET /nothing");

		assertProblem(answer, 404, "not-found");
		assertThat(answer.headers()).containsEntry("access-control-allow-origin", "*")
			.doesNotContainKey("access-control-allow-credentials");
	}

	@ParameterizedTest
	@CsvSource({ "GET /users/break-off, 403", "FOO /users/7, 405", "GET /nothing/else, 404" })
	void answersToOthersAreNotReadable(String request, int status) throws Exception {
		Answer answer = from("https://evil.example", request);

		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
	}

	@ParameterizedTest
	@CsvSource({ "GET /users/7", "GET /nothing", "FOO /users", "OPTIONS /users" })
	void nothingIsOpenWithoutConfiguration(String request) throws Exception {
		Answer answer = send(text(SHOP, request, "Access-Control-Request-Method: GET"));

		assertThat(answer.headers().keySet()).noneMatch((name) -> name.startsWith("access-control-"));
	}

	@Test
	void aRuleThatEveryRequestWouldBreakStopsTheStart() {
		assertThatThrownBy(
				() -> start(PROPERTY + ".[/**].allowed-origins=*", PROPERTY + ".[/**].allow-credentials=true"))
			.hasStackTraceContaining("allowCredentials");
	}

	private static void assertReadable(Answer answer) {
		assertThat(answer.headers()).containsEntry("access-control-allow-origin", SHOP)
			.containsEntry("access-control-allow-credentials", "true")
			.containsEntry("access-control-expose-headers", "ETag, Location")
			.containsKey("vary");
	}

	private static Answer from(String origin, String request, String... headers) throws IOException {
		int port = open.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		return RawClient.exchange(port, text(origin, request, headers));
	}

	private static String text(String origin, String request, String... headers) {
		return request + " HTTP/1.1\r\nHost: localhost\r\nOrigin: " + origin + "\r\n" + String.join("\r\n", headers)
				+ ((headers.length > 0) ? "\r\n\r\n" : "\r\n");
	}

}
