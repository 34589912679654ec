package io.microplatform.order;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.microplatform.instance.token.TokenProperties;
import io.microplatform.order.OrderClient.Answer;
import io.microplatform.order.UserServiceStub.Mode;
import io.microplatform.starter.test.AnotherInstance;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The lists of administrators, with the names of the buyers from a user-service that
 * answers, errs or is slow.
 */
@ServiceTest
@Import(TestTokens.class)
@ExtendWith(OutputCaptureExtension.class)
class AdministratorOrderListTests {

	private static final String USER_SERVICE = "spring.cloud.discovery.client.simple.instances.user-service[0].uri";

	private static final Duration PROMISED = Duration.ofMillis(300);

	/** The number of failures that does not open the circuit breaker. */
	private static final int FEW = 4;

	private static final UserServiceStub users = new UserServiceStub();

	private final CircuitBreakerRegistry breakers;

	private final TokenProperties tokens;

	private final OrderClient ann;

	private final OrderClient bea;

	private final OrderClient administrator;

	private final String name = "Ann " + UUID.randomUUID();

	private final long first;

	private final long second;

	AdministratorOrderListTests(@LocalServerPort int port, TokenProperties tokens, CircuitBreakerRegistry breakers) {
		this.breakers = breakers;
		this.tokens = tokens;
		this.ann = OrderClient.somebodyNew(port, tokens);
		this.bea = OrderClient.somebodyNew(port, tokens);
		this.administrator = OrderClient.administrator(port, tokens);
		users.name(this.ann.user(), this.name);
		this.first = this.ann.place();
		this.second = this.bea.place();
	}

	@DynamicPropertySource
	static void registry(DynamicPropertyRegistry properties) {
		properties.add(USER_SERVICE, users::uri);
	}

	@BeforeEach
	void answeringAndClosed() {
		users.set(Mode.ANSWERS);
		this.breakers.getAllCircuitBreakers().forEach(CircuitBreaker::transitionToClosedState);
		// The first request of this JVM may take longer than the time limit.
		await().until(() -> !all().body().get("partial").asBoolean());
		this.breakers.getAllCircuitBreakers().forEach(CircuitBreaker::transitionToClosedState);
		users.set(Mode.ANSWERS);
	}

	@AfterAll
	static void stop() {
		users.close();
	}

	@Test
	void allOrdersHaveTheirBuyers() {
		JsonNode page = all().body();
		assertThat(page.propertyNames()).containsExactlyInAnyOrder("items", "nextCursor", "partial");
		assertThat(page.get("partial").asBoolean()).isFalse();
		assertThat(item(page, 0).get("id").asLong()).isEqualTo(this.second);
		assertThat(item(page, 0).get("userId").asLong()).isEqualTo(this.bea.user());
		assertThat(item(page, 0).get("buyerName").isNull()).as("a user that does not exist").isTrue();
		assertThat(item(page, 1).get("id").asLong()).isEqualTo(this.first);
		assertThat(item(page, 1).get("userId").asLong()).isEqualTo(this.ann.user());
		assertThat(item(page, 1).get("buyerName").asString()).isEqualTo(this.name);
		assertThat(item(page, 1).propertyNames()).containsExactlyInAnyOrder("id", "product", "amount", "status",
				"createdAt", "updatedAt", "userId", "buyerName");
	}

	@Test
	void onePageIsOneRequestWithTheTokenOfTheCaller() {
		this.bea.place();
		this.administrator.get("/orders?scope=all&limit=3");
		assertThat(users.requests()).hasSize(1);
		List<String> parts = List.of(users.requests().element().split(" ", -1));
		assertThat(parts.get(0).split("&", -1)).containsExactlyInAnyOrder("id=" + this.ann.user(),
				"id=" + this.bea.user());
		assertThat(parts.get(1)).isEqualTo("Bearer");
	}

	@Test
	void theListOfAnotherUserHasTheName() {
		JsonNode page = this.administrator.get("/orders?userId=" + this.ann.user()).body();
		assertThat(page.get("items").size()).isOne();
		assertThat(item(page, 0).get("buyerName").asString()).isEqualTo(this.name);
		assertThat(page.get("partial").asBoolean()).isFalse();
	}

	@Test
	void areFilteredAndPaged() {
		this.ann.cancel(this.first);
		this.bea.cancel(this.second);
		JsonNode page = this.administrator.get("/orders?scope=all&status=CANCELLED&limit=1").body();
		assertThat(item(page, 0).get("id").asLong()).isEqualTo(this.second);
		JsonNode next = this.administrator
			.get("/orders?scope=all&status=CANCELLED&limit=1&cursor=" + page.get("nextCursor").asString())
			.body();
		assertThat(item(next, 0).get("id").asLong()).isEqualTo(this.first);
	}

	@Test
	void anEmptyListNeedsNoNames() {
		users.set(Mode.ERRS);
		JsonNode page = this.administrator.get("/orders?scope=all&to=2000-01-01T00:00:00Z").body();
		assertThat(page.toString()).isEqualTo("{\"items\":[],\"nextCursor\":null,\"partial\":false}");
		assertThat(users.requests()).isEmpty();
	}

	@Test
	void ownListsStayAsTheyWere() {
		for (String query : List.of("", "?scope=own", "?userId=" + this.ann.user())) {
			JsonNode page = this.ann.get("/orders" + query).body();
			assertThat(page.propertyNames()).containsExactlyInAnyOrder("items", "nextCursor");
			assertThat(item(page, 0).propertyNames()).containsExactlyInAnyOrder("id", "product", "amount", "status",
					"createdAt", "updatedAt");
		}
		assertThat(this.administrator.get("/orders?userId=" + this.administrator.user()).body().has("partial"))
			.isFalse();
		assertThat(users.requests()).isEmpty();
	}

	@Test
	void areForAdministrators() {
		assertThat(this.ann.get("/orders?scope=all").status()).isEqualTo(403);
		assertThat(this.ann.get("/orders?userId=" + this.bea.user()).status()).isEqualTo(403);
	}

	@ParameterizedTest
	@CsvSource({ "scope=some", "scope=ALL", "scope=", "scope=all&userId=1", "scope=own&userId=1" })
	void theScopeIsNamedIfItIsNotValid(String query) {
		Answer answer = this.administrator.get("/orders?" + query);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().get("errors").get(0).get("field").asString()).isEqualTo("scope");
	}

	@ParameterizedTest
	@EnumSource(value = Mode.class, names = { "ERRS", "SLOW" })
	void arePartialInTimeWithoutNames(Mode mode) {
		users.set(mode);
		long fastest = IntStream.range(0, FEW).mapToLong((i) -> timed(true)).min().orElseThrow();
		assertThat(Duration.ofNanos(fastest)).isLessThan(PROMISED);
		await().until(() -> timed(true) >= 0 && state() == CircuitBreaker.State.OPEN);
		users.set(Mode.ANSWERS);
		timed(true);
		assertThat(users.requests()).as("user-service is left alone").isEmpty();
		await().atMost(Duration.ofSeconds(30)).until(() -> !all().body().get("partial").asBoolean());
		await().until(() -> timed(false) >= 0 && state() == CircuitBreaker.State.CLOSED);
	}

	@Test
	void arePartialWhileUserServiceIsAway() {
		try (AnotherInstance alone = AnotherInstance.with(Map.of(USER_SERVICE, "http://127.0.0.1:1"),
				OrderServiceApplication.class, TestTokens.class)) {
			OrderClient reader = OrderClient.administrator(alone.port(), this.tokens);
			JsonNode page = reader.get("/orders?scope=all&limit=2").body();
			assertThat(page.get("partial").asBoolean()).isTrue();
			assertThat(item(page, 0).get("buyerName").isNull()).isTrue();
			assertThat(item(page, 0).get("userId").asLong()).isEqualTo(this.bea.user());
		}
	}

	@Test
	void namesAreNotLogged(CapturedOutput output) {
		all();
		users.set(Mode.ERRS);
		all();
		assertThat(output).doesNotContain(this.name);
	}

	private Answer all() {
		return this.administrator.get("/orders?scope=all&limit=2");
	}

	/** Returns the duration in nanoseconds. */
	private long timed(boolean partial) {
		long start = System.nanoTime();
		Answer answer = all();
		long took = System.nanoTime() - start;
		assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
		assertThat(answer.body().get("partial").asBoolean()).isEqualTo(partial);
		assertThat(item(answer.body(), 1).get("id").asLong()).isEqualTo(this.first);
		return took;
	}

	private CircuitBreaker.State state() {
		return this.breakers.find(BuyerNames.HOP).orElseThrow().getState();
	}

	private static JsonNode item(JsonNode page, int index) {
		return page.get("items").get(index);
	}

}
