package io.microplatform.gateway;

import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class Http10Tests extends GatewayTest {

	private static final String KEEP_ALIVE = "Connection: keep-alive\r\n";

	static Stream<String> requests() {
		return Stream.of("GET", "HEAD", "POST", "OPTIONS")
			.flatMap((method) -> Stream
				.of("/users/7", "/users/chunked", "/users/empty", "/users/no-content", "/users/not-modified",
						"/users/busy", "/nothing", "/users/..", "/users?%zz")
				.map((target) -> method + " " + target + " HTTP/1.0\r\nContent-Length: 0\r\n"));
	}

	@ParameterizedTest
	@MethodSource("requests")
	void anAnswerEndsWithTheConnection(String request) throws Exception {
		assertThatHttp10CanRead(exchange(port(), request + "\r\n"), "close");
		assertThatHttp10CanRead(exchange(port(), request + "Connection: close\r\n\r\n"), "close");
	}

	@ParameterizedTest
	@CsvSource({ "GET, /users/7", "HEAD, /users/7", "POST, /users", "GET, /nothing", "HEAD, /users/chunked",
			"GET, /users/empty", "GET, /users/no-content", "GET, /users/not-modified" })
	void aConnectionStaysOpenOnRequest(String method, String target) throws Exception {
		String request = method + " " + target + " HTTP/1.0\r\nContent-Length: 0\r\n" + KEEP_ALIVE + "\r\n";
		try (RawClient client = new RawClient(port())) {
			for (int i = 0; i < 3; i++) {
				client.send(request);
				assertThat(client.readHead(method.equals("HEAD"))).startsWith("HTTP/1.1 ")
					.containsIgnoringCase(KEEP_ALIVE);
			}
		}
	}

	@Test
	void anAnswerOfUnknownLengthEndsWithTheConnectionAlsoWhenItCouldStayOpen() throws Exception {
		String answer = exchange(port(), "GET /users/chunked HTTP/1.0\r\n" + KEEP_ALIVE + "\r\n");

		assertThatHttp10CanRead(answer, "close");
		assertThat(answer).endsWith("\r\n\r\n" + "{\"id\":7}".repeat(3));
	}

	@Test
	void aConnectionMayBeUsedWithBothVersions() throws Exception {
		try (RawClient client = new RawClient(port())) {
			client.send("GET /users/1 HTTP/1.1\r\nHost: a\r\n\r\nGET /users/2 HTTP/1.0\r\n" + KEEP_ALIVE
					+ "\r\nGET /users/chunked HTTP/1.1\r\nHost: a\r\n\r\nGET /users/chunked HTTP/1.0\r\n\r\n");

			assertThat(client.read().headers()).doesNotContainKey("connection");
			assertThat(client.read().headers()).containsEntry("connection", "keep-alive");
			assertThat(client.read().headers()).containsEntry("transfer-encoding", "chunked");
			assertThat(client.readAll()).contains("HTTP/1.1 200").endsWith("\r\n\r\n" + "{\"id\":7}".repeat(3));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "chunked", "gzip, chunked", "identity" })
	void transferEncodingsAreRefused(String encoding) throws Exception {
		assertProblem(send("POST /users HTTP/1.0\r\nTransfer-Encoding: " + encoding + "\r\n\r\n0\r\n\r\n"), 400,
				"malformed-request");
		assertThat(upstream.takeRequests()).isEmpty();
	}

	@Test
	void noInterimAnswerIsSent() throws Exception {
		assertThat(exchange(port(), "POST /users HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx"))
			.startsWith("HTTP/1.1 201 ");
	}

	@ParameterizedTest
	@CsvSource({ "GET, /actuator/health/liveness", "HEAD, /actuator/health/liveness", "GET, /actuator/prometheus",
			"HEAD, /actuator/prometheus", "GET, /actuator/nothing", "POST, /actuator/health",
			"OPTIONS, /actuator/info" })
	void theManagementPortAnswersAsWell(String method, String target) throws Exception {
		String request = method + " " + target + " HTTP/1.0\r\n";

		assertThatHttp10CanRead(exchange(managementPort(), request + "\r\n"), "close");
		try (RawClient client = new RawClient(managementPort())) {
			for (int i = 0; i < 2; i++) {
				client.send(request + KEEP_ALIVE + "\r\n");
				assertThat(client.readHead(method.equals("HEAD"))).startsWith("HTTP/1.1 ")
					.containsIgnoringCase(KEEP_ALIVE);
			}
		}
	}

	private static String exchange(int port, String request) throws IOException {
		try (RawClient client = new RawClient(port)) {
			client.send(request);
			return client.readAll();
		}
	}

	private static void assertThatHttp10CanRead(String answer, String connection) {
		assertThat(answer).startsWith("HTTP/1.1 ");
		assertThat(answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT))
			.contains("\r\nconnection: " + connection)
			.doesNotContain("\r\ntransfer-encoding:")
			.doesNotContain("\r\nhttp/1.");
	}

}
