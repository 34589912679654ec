package io.microplatform.order;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ManyInstancesTests {

	private static final Instances instances = new Instances(3);

	private static final int REQUESTS = 50;

	private final Customer customer = Customer.any(instances.tokens());

	private final String key = UUID.randomUUID().toString();

	@AfterAll
	static void stop() {
		instances.close();
	}

	@Test
	void oneKeyIsOneOrderAndOneAnswer() throws Exception {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			assertOneAnswer(send(threads, (number) -> Map.of()), "PENDING");
		}
		assertThat(placed()).hasSize(1);
	}

	@Test
	void allWaitForTheOutcomeThatOneOfThemDecides() throws Exception {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<ResponseEntity<String>>> answers = send(threads, (number) -> Map.of("Prefer", "wait=10"));
			await().until(() -> !placed().isEmpty());
			assertThat(answers).noneMatch(Future::isDone);
			instances.confirm(placed().getFirst().requiredId());
			assertOneAnswer(answers, "CONFIRMED");
		}
		assertThat(placed()).hasSize(1);
	}

	@Test
	void whoeverAnswersFirstDecidesForAll() throws Exception {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<ResponseEntity<String>>> answers = send(threads,
					(number) -> (number % 5 == 4) ? Map.of() : Map.of("Prefer", "wait=" + number % 5));
			await().until(() -> !placed().isEmpty());
			instances.confirm(placed().getFirst().requiredId());
			assertOneAnswer(answers, "");
		}
		assertThat(placed()).hasSize(1);
	}

	@Test
	void anAnswerOutlivesTheInstanceThatGaveIt() {
		instances.start();
		ResponseEntity<String> first = send(0, Map.of());
		instances.stopFirst();
		for (int number = 0; number < 3; number++) {
			assertThat(send(number, Map.of()).getBody()).isEqualTo(first.getBody());
		}
		assertThat(placed()).hasSize(1);
	}

	private List<Future<ResponseEntity<String>>> send(ExecutorService threads,
			IntFunction<Map<String, String>> headers) {
		List<Future<ResponseEntity<String>>> answers = new ArrayList<>();
		for (int i = 0; i < REQUESTS; i++) {
			int number = i;
			answers.add(threads.submit(() -> send(number, headers.apply(number))));
		}
		return answers;
	}

	/**
	 * Sends as a good client does: again when it is told to, which may happen to a twin
	 * on a busy machine.
	 */
	private ResponseEntity<String> send(int instance, Map<String, String> more) {
		Map<String, String> headers = new HashMap<>(more);
		headers.put("Idempotency-Key", this.key);
		return await().atMost(Duration.ofSeconds(60))
			.pollInSameThread()
			.until(() -> this.customer.orders(instances.port(instance), Customer.TEA, headers),
					(answer) -> answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER) == null);
	}

	private static void assertOneAnswer(List<Future<ResponseEntity<String>>> answers, String status) throws Exception {
		ResponseEntity<String> one = answers.getFirst().get();
		assertThat(one.getStatusCode().value()).isEqualTo(201);
		assertThat(one.getBody()).contains(status);
		for (Future<ResponseEntity<String>> answer : answers) {
			assertThat(answer.get().getStatusCode()).isEqualTo(one.getStatusCode());
			assertThat(answer.get().getBody()).isEqualTo(one.getBody());
			for (String header : List.of("Location", "Content-Type", "Preference-Applied")) {
				assertThat(answer.get().getHeaders().get(header)).as(header).isEqualTo(one.getHeaders().get(header));
			}
		}
		assertThat(Objects.requireNonNull(one.getHeaders().getLocation()))
			.hasToString("/orders/" + String.valueOf(one.getBody()).replaceAll("\\{\"id\":(\\d+),.*", "$1"));
	}

	private List<Order> placed() {
		return instances.search().newest(this.customer.id(), OrderFilter.of(null, null, null), Long.MAX_VALUE, 10);
	}

}
