package io.microplatform.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import io.microplatform.gateway.RawClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two releases of a service, and requests that want one of them.
 */
class ReleaseTests extends GatewayTest {

	private static final int OFTEN = 20;

	private static final String BODY = "{\"product\":\"tea\"}";

	private final Upstream first = new Upstream();

	private final Upstream second = new Upstream();

	@BeforeEach
	void registerBoth() {
		register("order-service", Map.of(this.first.port(), "1", this.second.port(), "2.0"));
	}

	@AfterEach
	void close() {
		this.first.close();
		this.second.close();
	}

	@Test
	void whoNamesNoneGetsAny() throws Exception {
		// newcomer.
		for (int i = 0; i < 5 * OFTEN; i++) {
			assertThat(get("/orders").status()).isEqualTo(201);
		}
		assertThat(this.first.takeRequests()).isNotEmpty();
		assertThat(this.second.takeRequests()).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Release", "x-release" })
	void whoNamesOneGetsIt(String header) throws Exception {
		for (int i = 0; i < OFTEN; i++) {
			assertThat(get(port(), header + ": 2.0").status()).isEqualTo(201);
			assertThat(post(header + ": 2.0").status()).isEqualTo(201);
		}
		assertThat(this.first.takeRequests()).isEmpty();
		assertThat(this.second.takeRequests()).hasSize(2 * OFTEN)
			.allSatisfy((request) -> assertThat(request.headers()).doesNotContainKey("X-release"))
			.filteredOn((request) -> request.method().equals("POST"))
			.allSatisfy((request) -> assertThat(request.bodySize()).isEqualTo(BODY.length()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Release: 3", "X-Release: 2", "X-Release:", "X-Release: 1, 2.0",
			"X-Release: 1\r\nX-Release: 2.0" })
	void whatNobodyHasIsRefusedAndSentToNobody(String header) throws Exception {
		Answer answer = post(header);
		assertProblem(answer, 400, "malformed-request");
		assertThat(JsonPath.<String>read(answer.body(), "$.detail")).contains("X-Release");
		assertThat(this.first.takeRequests()).isEmpty();
		assertThat(this.second.takeRequests()).isEmpty();
	}

	@Test
	void aReleaseThatIsAwayHasNoSubstitute() throws Exception {
		register("order-service", Map.of(this.first.port(), "1", closedPort(), "2.0"));
		assertProblem(get(port(), "X-Release: 2.0"), 503, "unavailable");
		assertThat(this.first.takeRequests()).isEmpty();
	}

	@Test
	void aServiceThatIsAwayIsUnavailableWhateverIsNamed() throws Exception {
		unregister("order-service");
		assertProblem(get(port(), "X-Release: 2.0"), 503, "unavailable");
	}

	@Test
	void weightsAndTheHeaderAreConfiguration() throws Exception {
		try (ConfigurableApplicationContext other = start("--platform.traffic.header=X-Canary",
				"--platform.traffic.weights.order-service[2.0]=100",
				"--platform.gateway.request-headers=Accept,x-canary")) {
			int port = other.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			for (int i = 0; i < OFTEN; i++) {
				assertThat(get(port, "X-Release: 1").status()).isEqualTo(201);
			}
			assertThat(this.first.takeRequests()).isEmpty();
			assertThat(this.second.takeRequests()).hasSize(OFTEN);

			assertThat(get(port, "X-Canary: 1").status()).isEqualTo(201);
			assertThat(this.first.takeRequests()).as("a header that may pass does")
				.singleElement()
				.satisfies((request) -> assertThat(request.headers().getFirst("X-Canary")).isEqualTo("1"));
		}
	}

	private static int closedPort() throws IOException {
		try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return closed.getLocalPort();
		}
	}

	private static Answer get(int port, String header) throws IOException {
		return RawClient.exchange(port,
				"GET /orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n\r\n");
	}

	private Answer post(String header) throws IOException {
		return send(String.join("\r\n", List.of("POST /orders HTTP/1.1", "Host: localhost", "Connection: close",
				"Content-Type: application/json", "Content-Length: " + BODY.length(), header, "", BODY)));
	}

}
