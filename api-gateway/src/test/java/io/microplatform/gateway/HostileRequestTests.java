package io.microplatform.gateway;

import java.io.IOException;

import io.microplatform.gateway.RawClient.Answer;
import io.microplatform.gateway.Upstream.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HostileRequestTests extends GatewayTest {

	@ParameterizedTest
	@ValueSource(strings = { "/users/%zz", "/users|x", "/users/%00", "/users/../internal/jwks",
			"/users/%2e%2e/internal/jwks", "/users/..%2Finternal", "/users%2F7", "/users%5C7", "/users\\..\\internal",
			"/users;x=1/7", "/users/7;jsessionid=1", "//users", "/users//7", "/users/./7", "/./actuator",
			"/users/%252e%252e/internal", "http://localhost/users", "http://169.254.169.254/latest", "*",
			"localhost:8080", "users", "/users?a=%zz", "/users?a=%00", "/users/<script>", "/users#x", "/users/\u00e9" })
	void ambiguousTargetsAreRefused(String target) throws Exception {
		assertProblem(get(target), 400, "malformed-request");
		assertThat(upstream.takeRequests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "TRACE", "CONNECT", "FOO", "get", "PROPFIND", "G", "PRI" })
	void unknownMethodsAreRefused(String method) throws Exception {
		Answer answer = send(method + " /users HTTP/1.1\r\nHost: localhost\r\n\r\n");

		assertProblem(answer, 405, "method-not-allowed");
		assertThat(answer.headers().get("allow")).contains("GET", "PATCH").doesNotContain("TRACE");
	}

	@Test
	void tunnelsAreRefused() throws Exception {
		assertProblem(send("CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n"), 405,
				"method-not-allowed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host: localhost\r\nHost: localhost", "Host:", "Host: a b", "Host: a/b", "Host: user@a",
			"Host: a:99999", "Host: a:x", "Host: [1]", "Host: [:::]:80", "X: y", "Host: localhost\r\nContent-Length: x",
			"Host: localhost\r\nContent-Length: -1", "Host: localhost\r\nContent-Length: +1",
			"Host: localhost\r\nContent-Length: 1\r\nContent-Length: 2", "Host: localhost\r\nContent-Length: 1, 2",
			"Host: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked",
			"Host: localhost\r\nTransfer-Encoding: gzip, chunked", "Host: localhost\r\nTransfer-Encoding: identity",
			"Host: localhost\r\nTransfer-Encoding: xchunked", "Host: localhost\r\nTransfer-Encoding : chunked",
			"Host: localhost\r\nbad header: x", "Host: localhost\r\nx: \u0000", "Host: localhost\r\n: x",
			"Host: localhost\r\nno-colon", "Host: localhost\r\n folded: x" })
	void ambiguousHeadersAreRefused(String headers) throws Exception {
		assertProblem(send("POST /users HTTP/1.1\r\n" + headers + "\r\n\r\n"), 400, "malformed-request");
		assertThat(upstream.takeRequests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /users HTTP/2.0\r\nHost: a\r\n\r\n", "GET /users HTTP/1.2\r\nHost: a\r\n\r\n",
			"GET /users HTTP/0.9\r\n\r\n", "GET /users\r\n\r\n", "GET\r\n\r\n",
			"\u0016\u0003\u0001\u0002\u0000\r\n\r\n", "GET  HTTP/1.1\r\nHost: a\r\n\r\n",
			"GET /users HTTP/1.1 x\r\nHost: a\r\n\r\n", "GET /users FOO/1.1\r\nHost: a\r\n\r\n", "{\"a\":1}\r\n\r\n" })
	void whatIsNotHttpIsRefused(String bytes) throws Exception {
		Answer answer = send(bytes);

		assertThat(answer.status()).isIn(400, 405);
		assertProblem(answer, answer.status(), (answer.status() == 400) ? "malformed-request" : "method-not-allowed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "zz\r\n", "-1\r\n", "5\r\nabcdefgh\r\n0\r\n\r\n", "ffffffffffffffffff\r\n" })
	void brokenChunksAreRefused(String chunks) throws Exception {
		assertProblem(send("POST /users HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks), 400,
				"malformed-request");
		assertThat(upstream.takeRequests()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "5000, 0, 414, uri-too-long", "4083, 0, 414, uri-too-long", "100000, 0, 414, uri-too-long",
			"5000, 9000, 414, uri-too-long", "10, 8192, 431, headers-too-large", "10, 9000, 431, headers-too-large",
			"4000, 9000, 431, headers-too-large", "10, 100000, 431, headers-too-large" })
	void tooLongHeadsAreRefused(int target, int header, int status, String kind) throws Exception {
		assertProblem(
				send("GET /" + "a".repeat(target) + " HTTP/1.1\r\nHost: a\r\nX: " + "b".repeat(header) + "\r\n\r\n"),
				status, kind);
	}

	@ParameterizedTest
	@CsvSource({ "3000, 5000, 1", "10, 7600, 1", "4000, 8000, 1", "10, 1, 99", "10, 1, 400" })
	void headsBelowTheLimitsPass(int target, int size, int headers) throws Exception {
		Answer answer = send("GET /users?" + "a".repeat(target) + " HTTP/1.1\r\nHost: a\r\n"
				+ ("User-Agent: " + "b".repeat(size) + "\r\n").repeat(headers) + "\r\n");

		assertThat(answer.status()).isEqualTo(201);
		assertThat(upstream.takeRequests()).singleElement()
			.satisfies((request) -> assertThat(request.headers().get("User-Agent")).hasSize(headers));
	}

	@Test
	void tooManyHeadersAreRefused() throws Exception {
		assertProblem(send("GET /users HTTP/1.1\r\nHost: a\r\n" + "Accept: a\r\n".repeat(2000) + "\r\n"), 431,
				"headers-too-large");
	}

	@ParameterizedTest
	@ValueSource(ints = { 17, 20, 130, 150, 1_000, 10_000 })
	void sixteenRequestsAreAnsweredHoweverManyFollow(int requests) throws Exception {
		assertThatSixteenAreAnswered("GET /users/7 HTTP/1.1\r\nHost: a\r\n\r\n".repeat(requests));
		assertThatSixteenAreAnswered(
				("POST /users HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n" + "x".repeat(50)).repeat(requests));
		assertThatSixteenAreAnswered(
				"POST /users HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"
					.repeat(requests));
	}

	private static void assertThatSixteenAreAnswered(String requests) throws IOException {
		try (RawClient client = new RawClient(port())) {
			client.send(requests);
			for (int i = 0; i < 16; i++) {
				assertThat(client.read().status()).as("answer %s", i).isEqualTo(201);
			}
			assertProblem(client.read(), 400, "malformed-request");
			assertThat(client.isAtEnd()).isTrue();
		}
		assertThat(upstream.takeRequests()).hasSize(16);
	}

	@ParameterizedTest
	@ValueSource(strings = { "BAD\r\n\r\n", "GET /users/.. HTTP/1.1\r\nHost: a\r\n\r\n",
			"POST /users HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" })
	void whatFollowsARefusedRequestIsDropped(String refused) throws Exception {
		try (RawClient client = new RawClient(port())) {
			client.send("GET /users/1 HTTP/1.1\r\nHost: a\r\n\r\n" + refused
					+ "GET /users/2 HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1_000));

			assertThat(client.read().status()).isEqualTo(201);
			assertThat(client.read().status()).isBetween(400, 413);
			assertThat(client.isAtEnd()).isTrue();
		}
		assertThat(upstream.takeRequests()).extracting(Request::target).containsExactly("/users/1");
	}

	@Test
	void theGatewayIsStillThere() throws Exception {
		assertThat(get("/users/7").status()).isEqualTo(201);
	}

}
