package io.microplatform.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.gateway.RawClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A gateway whose circuit breakers open after four failures, in front of one
 * order-service. They stay open for longer than a test takes, except for the one that
 * {@link #aRouteThatRecoversIsRequestedAgain} opens: a busy machine can delay a test for
 * seconds.
 */
class CircuitBreakerTests extends GatewayTest {

	private static final int ENOUGH = 4;

	private static final String DEFAULTS = "--platform.circuit-breakers.defaults.";

	private static final String PLACE_ORDER = "--platform.circuit-breakers.hops[order-service.place-order].";

	private static final String USERS = "--platform.circuit-breakers.hops[user-service.users].";

	private static final String WAITING = "--platform.circuit-breakers.hops[order-service.place-order.waiting].";

	private static final String BODY = "{\"product\":\"tea\"}";

	private static ConfigurableApplicationContext breaking;

	private final Upstream service = new Upstream();

	@BeforeAll
	static void startGateway() {
		breaking = start(DEFAULTS + "minimum-calls=" + ENOUGH, DEFAULTS + "window=10m", DEFAULTS + "open-time=1m",
				DEFAULTS + "half-open-calls=2", USERS + "open-time=100ms", PLACE_ORDER + "time-limit=300ms",
				WAITING + "max-concurrent=1");
	}

	@AfterAll
	static void stopGateway() {
		breaking.close();
	}

	/**
	 * Closes the circuit breakers that an earlier test has left open.
	 * {@link CircuitBreaker#reset} does not cancel their scheduled transition to the
	 * half-open state, which would then take place during a later test.
	 */
	@BeforeEach
	void closeAll() {
		register("order-service", this.service.port());
		breaking.getBean(CircuitBreakerRegistry.class)
			.getAllCircuitBreakers()
			.forEach(CircuitBreaker::transitionToClosedState);
	}

	@AfterEach
	void close() {
		this.service.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/users/broken", "/users/break-off", "/users/hang" })
	void aRouteWhoseRequestsFailIsNotRequestedForAWhile(String misbehaviour) throws Exception {
		this.service.alwaysAnswerAsFor(misbehaviour);
		for (int i = 0; i < ENOUGH; i++) {
			assertThat(read().status()).isIn(500, 502, 504);
		}
		this.service.takeRequests();

		Answer answer = read();

		assertProblem(answer, 503, "unavailable");
		assertThat(answer.headers()).containsEntry("retry-after", "60");
		assertThat(detail(answer))
			.isEqualTo("order-service is unavailable at present. The request had no effect; try again in 60 s.");
		assertThat(this.service.takeRequests()).isEmpty();
	}

	@Test
	void theAnswersOfTheServicePassUnchangedWhenTheyCountAsFailures() throws Exception {
		this.service.alwaysAnswerAsFor("/users/broken");

		Answer answer = read();

		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.body()).isEqualTo("{\"type\":\"/problems/internal\"}");
		assertThat(breaker("orders").getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
	}

	@Test
	void aRouteThatRecoversIsRequestedAgain() throws Exception {
		for (int i = 0; i < ENOUGH; i++) {
			assertThat(read("/users/broken").status()).isEqualTo(500);
		}
		await().until(() -> breakerOf("user-service.users").getState() == State.HALF_OPEN);

		assertThat(read("/users/7").status()).isEqualTo(201);
		assertThat(read("/users/7").status()).isEqualTo(201);

		assertThat(breakerOf("user-service.users").getState()).isEqualTo(State.CLOSED);
	}

	@Test
	void aRouteThatStillFailsIsNotRequestedForAnotherWhile() throws Exception {
		failOften();
		breaker("orders").transitionToHalfOpenState();

		assertThat(read().status()).isEqualTo(500);
		assertThat(read().status()).isEqualTo(500);

		assertThat(breaker("orders").getState()).isEqualTo(State.OPEN);
		assertThat(read().status()).isEqualTo(503);
	}

	@Test
	void theStateIsAMetric() throws Exception {
		failOften();

		assertThat(breaking.getBean(MeterRegistry.class)
			.get("resilience4j.circuitbreaker.state")
			.tags("name", "order-service.orders", "state", "open")
			.gauge()
			.value()).isEqualTo(1);
	}

	@Test
	void anotherRouteOfTheSameServiceIsRequested() throws Exception {
		this.service.alwaysAnswerAsFor("/users/broken");
		for (int i = 0; i < ENOUGH; i++) {
			// 503 if the short time limit of this route is exceeded, which is a failure,
			// too.
			assertThat(post().status()).isIn(500, 503);
		}
		this.service.alwaysAnswerAsFor("");
		this.service.takeRequests();

		assertThat(post().status()).isEqualTo(503);
		assertThat(this.service.takeRequests()).isEmpty();
		assertThat(read().status()).isEqualTo(201);
	}

	@Test
	void aServiceThatShedsLoadDoesNotFail() throws Exception {
		this.service.alwaysAnswerAsFor("/users/busy");
		for (int i = 0; i < 2 * ENOUGH; i++) {
			Answer answer = read();
			assertThat(answer.status()).isEqualTo(503);
			assertThat(answer.body()).doesNotContain("traceId");
		}
		assertThat(this.service.takeRequests()).hasSize(2 * ENOUGH);
	}

	@Test
	void aServiceThatIsAwayGetsRequestsAtOnceWhenItIsBack() throws Exception {
		register("order-service", closedPort());
		for (int i = 0; i < ENOUGH; i++) {
			assertThat(read().status()).isEqualTo(503);
		}
		unregister("order-service");
		for (int i = 0; i < ENOUGH; i++) {
			assertThat(read().status()).isEqualTo(503);
		}
		register("order-service", this.service.port());

		assertThat(read().status()).isEqualTo(201);
	}

	@Test
	void anAnswerThatTakesTooLongIsNotAwaited() throws Exception {
		this.service.alwaysAnswerAsFor("/users/hang");

		Answer answer = post();

		assertProblem(answer, 503, "unavailable");
		assertThat(answer.headers()).containsEntry("retry-after", "60");
		assertThat(detail(answer)).isEqualTo("order-service did not answer within 300 ms. The request may still "
				+ "take effect; with an Idempotency-Key it is safe to repeat it.");
		assertThat(breaker("place-order").getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
	}

	/** Verifies that the response timeout ends a request, not the circuit breaker. */
	@Test
	void anAnswerThatTheServiceHoldsBackAsPreferredIsAwaited() throws Exception {
		this.service.alwaysAnswerAsFor("/users/hang");

		assertProblem(post("Prefer: wait=10"), 504, "upstream-timeout");
	}

	@Test
	void oneRequestTooManyIsRefused() throws Exception {
		this.service.alwaysAnswerAsFor("/users/hang");
		try (RawClient first = new RawClient(servedPort())) {
			first.send(order("Prefer: wait=10"));
			await().until(() -> !this.service.takeRequests().isEmpty());

			Answer answer = post("Prefer: wait=10");

			assertProblem(answer, 503, "unavailable");
			assertThat(answer.headers()).containsEntry("retry-after", "1");
			assertThat(detail(answer))
				.isEqualTo("Too many requests to order-service. The request had no effect; try again in 1 s.");
			assertThat(this.service.takeRequests()).isEmpty();
			assertThat(breaker("place-order.waiting").getMetrics().getNumberOfFailedCalls()).isZero();
		}
	}

	@Test
	void aRequestThatTheClientGivesUpNeitherCountsNorTakesUpRoom() throws Exception {
		this.service.alwaysAnswerAsFor("/users/hang");
		try (RawClient client = new RawClient(servedPort())) {
			client.send(order("Prefer: wait=10"));
			await().until(() -> !this.service.takeRequests().isEmpty());
		}
		await().until(() -> breaking.getBean(BulkheadRegistry.class)
			.bulkhead("order-service.place-order.waiting")
			.getMetrics()
			.getAvailableConcurrentCalls() == 1);
		assertThat(breaker("place-order.waiting").getMetrics().getNumberOfFailedCalls()).isZero();
	}

	@Test
	void aRuleThatChangesAtRunTimeBeginsWithAClosedCircuitBreaker() throws Exception {
		failOften();
		int management = breaking.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
		try {
			Answer report = refresh(management, "with-limit",
					Map.of("platform.circuit-breakers.hops[order-service.orders].time-limit", "200ms"));
			assertThat(JsonPath.<String>read(report.body(), "$.result")).as(report.body()).isEqualTo("TAKEN");
			this.service.alwaysAnswerAsFor("/users/hang");

			assertThat(detail(read())).startsWith("order-service did not answer within 200 ms.");
			assertThat(breaker("orders").getState()).isEqualTo(State.CLOSED);
		}
		finally {
			refresh(management, "of-the-test", Map.of());
		}
	}

	@Test
	void anInvalidRuleIsRefusedAndNamed() throws Exception {
		int management = breaking.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
		try {
			Answer report = refresh(management, "invalid",
					Map.of("platform.circuit-breakers.hops[order-service.orders].failure-rate", "101"));

			assertThat(JsonPath.<String>read(report.body(), "$.result")).as(report.body()).isEqualTo("REFUSED");
			assertThat(JsonPath.<String>read(report.body(), "$.problems[0].property"))
				.startsWith("platform.circuit-breakers.hops")
				.endsWith("failure-rate");
		}
		finally {
			refresh(management, "of-the-test", Map.of());
		}
	}

	/** Opens the circuit breaker of the orders. */
	private void failOften() throws IOException {
		this.service.alwaysAnswerAsFor("/users/broken");
		for (int i = 0; i < ENOUGH; i++) {
			assertThat(read().status()).isEqualTo(500);
		}
		assertThat(breaker("orders").getState()).isEqualTo(State.OPEN);
	}

	private static CircuitBreaker breaker(String route) {
		return breakerOf("order-service." + route);
	}

	private static CircuitBreaker breakerOf(String hop) {
		return breaking.getBean(CircuitBreakerRegistry.class).circuitBreaker(hop);
	}

	private static int servedPort() {
		return breaking.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private static Answer read() throws IOException {
		return read("/orders");
	}

	private static Answer read(String path) throws IOException {
		return RawClient.exchange(servedPort(),
				"GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
	}

	private static Answer post(String... headers) throws IOException {
		return RawClient.exchange(servedPort(), order(headers));
	}

	private static String order(String... headers) {
		String more = (headers.length > 0) ? String.join("\r\n", headers) + "\r\n" : "";
		return "POST /orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
				+ "Content-Length: " + BODY.length() + "\r\n" + more + "\r\n" + BODY;
	}

	private static String detail(Answer answer) {
		return JsonPath.read(answer.body(), "$.detail");
	}

	private static int closedPort() throws IOException {
		try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return closed.getLocalPort();
		}
	}

}
