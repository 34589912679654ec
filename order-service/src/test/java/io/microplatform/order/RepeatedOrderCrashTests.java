package io.microplatform.order;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * An instance dies between every two steps of placing an order with a key; then the
 * client repeats its request.
 */
@ServiceTest
@Import({ TestTokens.class, RepeatedOrderCrashTests.Crashes.class })
class RepeatedOrderCrashTests {

	private static final OrderFilter EVERY = OrderFilter.of(null, null, null);

	private final int port;

	private final OrderSearch search;

	private final TokenProperties tokens;

	private final CrashingDataSource database;

	RepeatedOrderCrashTests(@LocalServerPort int port, OrderSearch search, TokenProperties tokens,
			DataSource database) {
		this.port = port;
		this.search = search;
		this.tokens = tokens;
		this.database = (CrashingDataSource) database;
	}

	@Test
	void theKeyTheOrderAndItsEventAreOneTransaction() {
		assertThat(steps(Map.of())).startsWith("before insert into idempotency_keys")
			.contains("before insert into orders", "before insert into outbox")
			.endsWith("before update idempotency_keys", "before commit", "after commit")
			.containsOnlyOnce("before commit");
	}

	@TestFactory
	Stream<DynamicTest> oneOrderIsLeftWhenItDies() {
		return everyStep(Map.of());
	}

	@TestFactory
	Stream<DynamicTest> oneOrderIsLeftWhenItWaitsForTheOutcomeAndDies() {
		return everyStep(Map.of("Prefer", "wait=0"));
	}

	private Stream<DynamicTest> everyStep(Map<String, String> headers) {
		List<String> steps = steps(headers);
		return IntStream.range(0, steps.size())
			.mapToObj((step) -> dynamicTest(String.format(Locale.ROOT, "%d %s", step, steps.get(step)),
					() -> dieAt(step, headers)));
	}

	private List<String> steps(Map<String, String> headers) {
		return this.database
			.stepsOf(() -> assertThat(new Request(headers).send().getStatusCode().value()).isEqualTo(201));
	}

	private void dieAt(int step, Map<String, String> headers) {
		Request request = new Request(headers);
		AtomicReference<ResponseEntity<String>> dead = new AtomicReference<>();
		this.database.crashAt(step, () -> dead.set(request.send()));
		assertThat(dead.get().getStatusCode().is5xxServerError()).isTrue();
		ResponseEntity<String> first = request.send();
		ResponseEntity<String> repeat = request.send();
		assertThat(first.getStatusCode().value()).isEqualTo(201);
		assertThat(repeat.getBody()).isEqualTo(first.getBody());
		assertThat(repeat.getHeaders().getLocation()).isEqualTo(first.getHeaders().getLocation());
		assertThat(this.search.newest(request.customer.id(), EVERY, Long.MAX_VALUE, 10)).hasSize(1);
	}

	private final class Request {

		private final Customer customer = Customer.any(RepeatedOrderCrashTests.this.tokens);

		private final Map<String, String> headers;

		Request(Map<String, String> headers) {
			Map<String, String> all = new HashMap<>(headers);
			all.put("Idempotency-Key", UUID.randomUUID().toString());
			this.headers = all;
		}

		ResponseEntity<String> send() {
			return this.customer.orders(RepeatedOrderCrashTests.this.port, Customer.TEA, this.headers);
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Crashes {

		@Bean
		static BeanPostProcessor crashingDataSource() {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					return (bean instanceof DataSource source) ? new CrashingDataSource(source) : bean;
				}

			};
		}

	}

}
