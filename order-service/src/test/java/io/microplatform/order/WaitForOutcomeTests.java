package io.microplatform.order;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.overload.InProgress;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import io.microplatform.starter.web.WaitPreference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ServiceTest
@Import(TestTokens.class)
class WaitForOutcomeTests {

	private static final OrderFilter EVERY = OrderFilter.of(null, null, null);

	private static final String LONGEST = "wait=10";

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final int port;

	private final OrderService orders;

	private final OrderSearch search;

	private final TransactionTemplate transaction;

	private final OrderRepository repository;

	private final InProgress requests;

	private final Customer customer;

	WaitForOutcomeTests(@LocalServerPort int port, OrderService orders, OrderSearch search,
			PlatformTransactionManager transactions, OrderRepository repository, InProgress requests,
			TokenProperties tokens) {
		this.port = port;
		this.orders = orders;
		this.search = search;
		this.transaction = new TransactionTemplate(transactions);
		this.repository = repository;
		this.requests = requests;
		this.customer = Customer.any(tokens);
	}

	@AfterEach
	void close() {
		this.threads.close();
	}

	@Test
	void isAnsweredWithTheOutcome() throws Exception {
		Future<ResponseEntity<String>> answer = this.threads.submit(() -> order(LONGEST));
		confirm(placed(1).getFirst());
		assertThat(answer.get().getStatusCode().value()).isEqualTo(201);
		assertThat(answer.get().getBody()).contains("\"status\":\"CONFIRMED\"");
		assertThat(answer.get().getHeaders().getLocation()).hasToString("/orders/" + placed(1).getFirst());
		assertThat(applied(answer.get())).isEqualTo("wait=10");
	}

	@Test
	void isAnsweredWithARejectionAndItsReason() throws Exception {
		Future<ResponseEntity<String>> answer = this.threads.submit(() -> order("return=minimal, wait=\"3600\""));
		long id = placed(1).getFirst();
		this.transaction
			.executeWithoutResult((status) -> this.orders.creditRefused(new CreditEvent(id, "Too little.")));
		assertThat(answer.get().getBody()).contains("\"status\":\"REJECTED\"", "\"reason\":\"Too little.\"");
		assertThat(applied(answer.get())).isEqualTo("wait=10");
	}

	@Test
	void isAnsweredWithThePendingOrderWhenTheTimeIsOver() {
		long start = System.nanoTime();
		ResponseEntity<String> answer = order("wait=1");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
		assertThat(answer.getStatusCode().value()).isEqualTo(201);
		assertThat(answer.getBody()).contains("\"status\":\"PENDING\"");
		assertThat(applied(answer)).isEqualTo("wait=1");
	}

	@Test
	void mayBeOverAtOnce() {
		assertThat(applied(order("wait=0"))).isEqualTo("wait=0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "wait", "wait=soon", "wait=-1", "respond-async" })
	void isNotWantedByEverything(String preference) {
		ResponseEntity<String> answer = order(preference);
		assertThat(answer.getStatusCode().value()).isEqualTo(201);
		assertThat(applied(answer)).isNull();
	}

	@Test
	void holdsNoConnectionToTheDatabase() throws Exception {
		int more = 40; // than there are connections
		List<Callable<ResponseEntity<String>>> requests = new ArrayList<>();
		for (int i = 0; i < more; i++) {
			requests.add(() -> order(LONGEST));
		}
		List<Future<ResponseEntity<String>>> answers = requests.stream().map(this.threads::submit).toList();
		List<Long> ids = placed(more);
		assertThat(answers).noneMatch(Future::isDone);
		ids.forEach(this::confirm);
		for (Future<ResponseEntity<String>> answer : answers) {
			assertThat(answer.get().getBody()).contains("\"status\":\"CONFIRMED\"");
		}
	}

	@Test
	void isRepeatedAsItWasAnswered() throws Exception {
		Map<String, String> headers = Map.of("Prefer", LONGEST, "Idempotency-Key", UUID.randomUUID().toString());
		Future<ResponseEntity<String>> first = this.threads.submit(() -> order(headers));
		confirm(placed(1).getFirst());
		ResponseEntity<String> repeat = order(headers);
		assertThat(repeat.getBody()).isEqualTo(first.get().getBody()).contains("\"status\":\"CONFIRMED\"");
		assertThat(applied(repeat)).isEqualTo("wait=10");
	}

	@Test
	void isNotRepeatedWhenTheFirstAnswerDidNotWait() {
		String key = UUID.randomUUID().toString();
		ResponseEntity<String> first = order(Map.of("Idempotency-Key", key));
		confirm(placed(1).getFirst());
		ResponseEntity<String> repeat = order(Map.of("Idempotency-Key", key, "Prefer", LONGEST));
		assertThat(repeat.getBody()).isEqualTo(first.getBody()).contains("\"status\":\"PENDING\"");
		assertThat(applied(repeat)).isNull();
	}

	@Test
	void hasRoomForSome() throws Exception {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		OrderOutcomes outcomes = new OrderOutcomes(this.repository,
				new Refreshable<>(new OutcomeProperties(Duration.ofMillis(20), 1)), this.requests, meters);
		outcomes.start();
		order("wait=0");
		Order order = this.search.newest(this.customer.id(), EVERY, Long.MAX_VALUE, 1).getFirst();
		ResponseEntity<OrderResponse> placed = ResponseEntity.ok(OrderResponse.of(order));
		WaitPreference wait = WaitPreference.of(Duration.ofSeconds(10));
		Future<ResponseEntity<OrderResponse>> first = this.threads.submit(() -> outcomes.await(placed, wait));
		await().until(() -> meters.get("orders.waiting").gauge().value() == 1);
		assertThat(outcomes.await(placed, wait)).isSameAs(placed);
		confirm(order.requiredId());
		assertThat(first.get().getBody()).isNotNull()
			.extracting(OrderResponse::status)
			.isEqualTo(Order.Status.CONFIRMED);
		assertThat(outcomes.await(placed, wait)).isEqualTo(first.get());
		outcomes.stop();
	}

	private void confirm(long id) {
		this.transaction.executeWithoutResult((status) -> this.orders.creditReserved(new CreditEvent(id, null)));
	}

	private List<Long> placed(int count) {
		return await().until(() -> this.search.newest(this.customer.id(), EVERY, Long.MAX_VALUE, count + 1)
			.stream()
			.map(Order::requiredId)
			.toList(), (ids) -> ids.size() == count);
	}

	private static @Nullable String applied(ResponseEntity<String> answer) {
		return answer.getHeaders().getFirst("Preference-Applied");
	}

	private ResponseEntity<String> order(String preference) {
		return order(Map.of("Prefer", preference));
	}

	private ResponseEntity<String> order(Map<String, String> headers) {
		return this.customer.orders(this.port, Customer.TEA, headers);
	}

}
