package io.microplatform.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.gateway.RawClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link io.microplatform.gateway.upstream} with a healthy instance and one
 * that fails. Each test begins with instances that the gateway does not know, and sends
 * enough requests for both.
 */
class LearningLoadBalancerFilterTests extends GatewayTest {

	private static final int OFTEN = 20;

	private static final String BODY = "{\"product\":\"tea\"}";

	private final Upstream healthy = new Upstream();

	private final Upstream failing = new Upstream();

	/** An observation that is not stopped stays in memory. */
	@AfterEach
	void everyObservationIsStopped() {
		await().untilAsserted(() -> assertThat(gateway.getBean(MeterRegistry.class)
			.get("http.client.requests.active")
			.tagKeys("spring.cloud.gateway.route.id")
			.longTaskTimers())
			.allSatisfy((timer) -> assertThat(timer.activeTasks()).as(timer.getId().toString()).isZero()));
	}

	@AfterEach
	void close() {
		this.healthy.close();
		this.failing.close();
	}

	@Test
	void anyRequestThatWasNotSentGoesToAnotherInstance() throws Exception {
		register("order-service", closedPort(), this.healthy.port());
		for (int i = 0; i < OFTEN; i++) {
			assertThat(post().status()).isEqualTo(201);
		}
		assertThat(this.healthy.takeRequests()).hasSize(OFTEN)
			.allSatisfy((request) -> assertThat(request.bodySize()).isEqualTo(BODY.length()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/users/break-off", "/users/busy", "/users/hang" })
	void anIdempotentRequestGoesToAnotherInstance(String misbehaviour) throws Exception {
		this.failing.alwaysAnswerAsFor(misbehaviour);
		register("order-service", this.failing.port(), this.healthy.port());
		for (int i = 0; i < OFTEN; i++) {
			assertThat(get("/orders").status()).isEqualTo(201);
			assertThat(post("Idempotency-Key: \"1\"").status()).isEqualTo(201);
		}
		assertThat(this.failing.takeRequests()).isNotEmpty();
		assertThat(this.healthy.takeRequests()).hasSize(2 * OFTEN);
	}

	@ParameterizedTest
	@CsvSource({ "POST, /orders/7/cancel", "PATCH, /orders", "PATCH, /orders/7" })
	void aKeyThatTheServiceIgnoresDoesNotMakeARequestIdempotent(String method, String path) throws Exception {
		this.failing.alwaysAnswerAsFor("/users/hang");
		this.healthy.alwaysAnswerAsFor("/users/hang");
		register("order-service", this.failing.port(), this.healthy.port());
		assertThat(send(method, path, "Idempotency-Key: \"1\"").status()).isEqualTo(504);
		assertThat(List.of(this.failing.takeRequests(), this.healthy.takeRequests())).filteredOn(List::isEmpty)
			.hasSize(1);
	}

	@Test
	void aRequestThatIsNotIdempotentIsSentOnce() throws Exception {
		this.failing.alwaysAnswerAsFor("/users/break-off");
		register("order-service", this.failing.port());
		post();
		register("order-service", this.failing.port(), this.healthy.port());
		this.failing.takeRequests();
		int failed = 0;
		for (int i = 0; i < OFTEN; i++) {
			failed += (post().status() == 502) ? 1 : 0;
		}
		assertThat(failed).isPositive();
		assertThat(this.failing.takeRequests()).hasSize(failed);
		assertThat(this.healthy.takeRequests()).hasSize(OFTEN - failed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "wait=5", "wait=10", "wait=100", "wait=99999999999999999999", "WAIT = \"5\"; x=y",
			"return=minimal, wait=010", "return=minimal\r\nPrefer: wait=5" })
	void anInstanceThatWaitsAsTheClientPrefersIsNotGivenUp(String preference) throws Exception {
		this.failing.alwaysAnswerAsFor("/users/hang");
		this.healthy.alwaysAnswerAsFor("/users/hang");
		register("order-service", this.failing.port(), this.healthy.port());
		assertThat(post("Idempotency-Key: \"1\"", "Prefer: " + preference).status()).isEqualTo(504);
		assertThat(List.of(this.failing.takeRequests(), this.healthy.takeRequests())).filteredOn(List::isEmpty)
			.hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "wait=0", "wait=-1", "wait=1e3", "wait=x, wait=5", "note=\"wait=5\"", "unawait=5" })
	void anInstanceThatDoesNotHoldBackItsAnswerIsGivenUpForAnother(String preference) throws Exception {
		this.failing.alwaysAnswerAsFor("/users/hang");
		register("order-service", this.failing.port(), this.healthy.port());
		for (int i = 0; i < OFTEN; i++) {
			assertThat(post("Idempotency-Key: \"1\"", "Prefer: " + preference).status()).isEqualTo(201);
		}
	}

	@Test
	void aReadIsNeverHeldBack() throws Exception {
		this.failing.alwaysAnswerAsFor("/users/hang");
		register("order-service", this.failing.port(), this.healthy.port());
		for (int i = 0; i < OFTEN; i++) {
			assertThat(request("GET", "/orders", "Host: localhost", "Connection: close", "Prefer: wait=10").status())
				.isEqualTo(201);
		}
	}

	@Test
	void aRequestInProgressIsAnAnswerOnlyForAClientThatSentItTwice() throws Exception {
		this.failing.alwaysAnswerAsFor("/users/hang");
		register("order-service", this.failing.port(), this.healthy.port());
		int repeated = 0;
		for (int i = 0; i < OFTEN; i++) {
			this.healthy.isAtWork(2);
			Answer answer = post("Idempotency-Key: \"1\"");
			boolean wasSentBefore = !this.failing.takeRequests().isEmpty();
			repeated += wasSentBefore ? 1 : 0;
			assertThat(answer.status()).isEqualTo(wasSentBefore ? 201 : 409);
			assertThat(this.healthy.takeRequests()).hasSize(wasSentBefore ? 3 : 1);
		}
		assertThat(repeated).isPositive();
	}

	@Test
	void anErrorIsNotSentAgain() throws Exception {
		this.failing.alwaysAnswerAsFor("/users/broken");
		register("order-service", this.failing.port(), this.failing.port());
		assertThat(get("/orders").status()).isEqualTo(500);
		assertThat(this.failing.takeRequests()).hasSize(1);
	}

	@Test
	void requestsThatFailEverywhereEjectNoInstance() throws Exception {
		register("user-service", this.failing.port(), this.healthy.port());
		for (int i = 0; i < OFTEN; i++) {
			assertThat(get("/users/broken").status()).isEqualTo(500);
		}
		assertThat(this.failing.takeRequests()).isNotEmpty();
		assertThat(this.healthy.takeRequests()).isNotEmpty();
		for (int i = 0; i < OFTEN; i++) {
			assertThat(get("/users/7").status()).isEqualTo(201);
		}
		assertThat(this.failing.takeRequests()).isNotEmpty();
		assertThat(this.healthy.takeRequests()).isNotEmpty();
	}

	@Test
	void anInstanceThatFailsAtEverythingIsEjected() throws Exception {
		this.failing.alwaysAnswerAsFor("/users/broken");
		register("order-service", this.failing.port(), this.healthy.port());
		for (int i = 0; i < 5 * OFTEN; i++) {
			get("/orders");
		}
		this.failing.takeRequests();
		for (int i = 0; i < OFTEN; i++) {
			assertThat(get("/orders").status()).isEqualTo(201);
		}
	}

	@Test
	void theStockBalancerLearnsNothingAndKnowsNoReleases() throws Exception {
		int failed = 0;
		register("order-service", closedPort(), this.healthy.port());
		try (ConfigurableApplicationContext stock = start("--platform.balancer=stock")) {
			int port = stock.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			for (int i = 0; i < OFTEN; i++) {
				Answer answer = RawClient.exchange(port,
						"GET /orders HTTP/1.1\r\nHost: localhost\r\nX-Release: 2\r\nConnection: close\r\n\r\n");
				failed += (answer.status() == 503) ? 1 : 0;
			}
		}
		assertThat(failed).isEqualTo(OFTEN / 2);
	}

	private static int closedPort() throws IOException {
		try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return closed.getLocalPort();
		}
	}

	private Answer post(String... headers) throws IOException {
		return send("POST", "/orders", headers);
	}

	private Answer send(String method, String path, String... headers) throws IOException {
		return send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
				+ "Content-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n"
				+ String.join("", List.of(headers).stream().map((header) -> header + "\r\n").toList()) + "\r\n" + BODY);
	}

}
