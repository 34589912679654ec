package io.microplatform.gateway;

import java.io.IOException;
import java.util.List;

import io.microplatform.gateway.RawClient.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConnectionHeaderTests extends GatewayTest {

	@ParameterizedTest
	@ValueSource(strings = { "Connection: Idempotency-Key", "Connection: close, idempotency-key",
			"Connection: close\r\nConnection: IDEMPOTENCY-KEY", "Connection: ,Authorization\t,", "Connection: If-Match",
			"Connection: Prefer", "Connection: Content-Type", "Connection: Content-Encoding", "Connection: Host",
			"Connection: Content-Length", "Connection: X-Release", "Connection: keep-alive, Accept" })
	void mustNotNameWhatIsMeantForTheService(String header) throws Exception {
		assertProblem(post(header), 400, "malformed-request");
		assertThat(upstream.takeRequests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Connection: close", "Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c",
			"Connection: TE, close\r\nTE: trailers", "Connection: close, X-Other\r\nX-Other: 1",
			"Connection: close, \"Idempotency-Key\"", "Connection: ,;=,close", "Keep-Alive: timeout=5",
			"Proxy-Connection: Idempotency-Key", "Proxy-Authorization: Basic x", "Trailer: Idempotency-Key",
			"Upgrade: websocket" })
	void takesNothingFromTheService(String header) throws Exception {
		assertThat(post(header).status()).isEqualTo(201);
		assertThat(upstream.takeRequests()).singleElement()
			.satisfies((request) -> assertThat(request.headers())
				.containsKeys("Idempotency-key", "Authorization", "Content-type", "If-match", "Prefer")
				.doesNotContainKeys("Upgrade", "Te", "Keep-alive", "Proxy-connection", "Proxy-authorization", "Trailer",
						"X-other"));
	}

	/** A filter may remove the key; then a second request would be another. */
	@Test
	void aKeyThatDoesNotReachTheServiceMakesNoRequestIdempotent() throws Exception {
		try (Upstream failing = new Upstream();
				ConfigurableApplicationContext without = start(List.of(WithoutKeys.class))) {
			failing.alwaysAnswerAsFor("/users/break-off");
			register("user-service", failing.port(), failing.port());
			int port = without.getEnvironment().getRequiredProperty("local.server.port", Integer.class);

			assertThat(RawClient.exchange(port, request("Connection: close")).status()).isEqualTo(502);
			assertThat(failing.takeRequests()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TE", "transfer-encoding", "Connection", "Upgrade", "Proxy-Authorization" })
	void cannotBeAllowedToPass(String header) {
		assertThatThrownBy(() -> start("--platform.gateway.request-headers=Accept," + header))
			.hasStackTraceContaining("must not name a header of the connection");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Traceparent", "tracestate", "b3", "x-b3-sampled", "Baggage" })
	void tracingHeadersCannotBeAllowed(String header) {
		assertThatThrownBy(() -> start("--platform.gateway.request-headers=Accept," + header))
			.hasStackTraceContaining("must not contain a tracing header");
	}

	private Answer post(String header) throws IOException {
		return send(request(header));
	}

	private static String request(String header) {
		return "POST /users HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\nIdempotency-Key: \"1\"\r\n"
				+ "If-Match: \"1\"\r\nPrefer: return=minimal\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
				+ header + "\r\n\r\n{}";
	}

	/** Not annotated, so that no other test's gateway finds it. */
	static class WithoutKeys {

		@Bean
		HttpHeadersFilter removingKeys() {
			return (headers, exchange) -> {
				HttpHeaders without = HttpHeaders.copyOf(headers);
				without.remove("Idempotency-Key");
				return without;
			};
		}

	}

}
