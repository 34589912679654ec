package io.microplatform.order;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import io.microplatform.starter.test.Topics;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

@ServiceTest
@Import(TestTokens.class)
class RepeatedOrderTests {

	private static final OrderFilter EVERY = OrderFilter.of(null, null, null);

	private static final String ABOVE_THE_MAXIMUM = "{\"product\":\"tea\",\"amount\":10000.01}";

	private final int port;

	private final OrderSearch search;

	private final Customer customer;

	private final Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());

	RepeatedOrderTests(@LocalServerPort int port, OrderSearch search, TokenProperties tokens) {
		this.port = port;
		this.search = search;
		this.customer = Customer.any(tokens);
	}

	@Test
	void isPlacedAndAnnouncedOnce() {
		ResponseEntity<String> first = order(Customer.TEA);
		ResponseEntity<String> repeat = order(Customer.TEA);
		assertThat(first.getStatusCode().value()).isEqualTo(201);
		assertThat(repeat.getStatusCode().value()).isEqualTo(201);
		assertThat(repeat.getBody()).isEqualTo(first.getBody());
		assertThat(repeat.getHeaders().getLocation()).isNotNull().isEqualTo(first.getHeaders().getLocation());
		assertThat(repeat.getHeaders().getContentType()).isEqualTo(first.getHeaders().getContentType());
		this.customer.orders(this.port, Customer.TEA, Map.of());
		// The second event is that of the order without a key: nothing came between.
		assertThat(Topics.read("orders", 2, (event) -> event.key().equals(Long.toString(this.customer.id()))))
			.extracting((event) -> event.value().replaceAll(".*\"orderId\":(\\d+).*", "$1"))
			.isEqualTo(placed().reversed());
	}

	@Test
	void isRefusedWhenItIsAnotherOrder() {
		order(Customer.TEA);
		assertThat(order("{\"product\":\"tea\",\"amount\":2}").getStatusCode().value()).isEqualTo(422);
		assertThat(placed()).hasSize(1);
	}

	@Test
	void mayBeCorrectedWhenItWasRefused() {
		assertThat(order(ABOVE_THE_MAXIMUM).getStatusCode().value()).isEqualTo(422);
		assertThat(order("{}").getStatusCode().value()).isEqualTo(400);
		assertThat(order(Customer.TEA).getStatusCode().value()).isEqualTo(201);
		assertThat(placed()).hasSize(1);
	}

	@Test
	void isNotPlacedWithAMalformedKey() {
		ResponseEntity<String> answer = this.customer.orders(this.port, Customer.TEA, Map.of("Idempotency-Key", ""));
		assertThat(answer.getStatusCode().value()).isEqualTo(400);
		assertThat(answer.getBody()).contains("\"field\":\"Idempotency-Key\"");
		assertThat(placed()).isEmpty();
	}

	private ResponseEntity<String> order(String body) {
		return this.customer.orders(this.port, body, this.key);
	}

	private List<String> placed() {
		return this.search.newest(this.customer.id(), EVERY, Long.MAX_VALUE, 10)
			.stream()
			.map((order) -> Long.toString(order.requiredId()))
			.toList();
	}

}
