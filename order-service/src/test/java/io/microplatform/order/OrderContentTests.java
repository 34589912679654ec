package io.microplatform.order;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Orders whose answer, or whose body, is wanted or sent as something else than JSON in
 * UTF-8.
 */
@ServiceTest
@Import(TestTokens.class)
class OrderContentTests {

	private final int port;

	private final OrderSearch search;

	private final Customer customer;

	OrderContentTests(@LocalServerPort int port, OrderSearch search, TokenProperties tokens) {
		this.port = port;
		this.search = search;
		this.customer = Customer.any(tokens);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json;charset=utf-16", "application/json;charset=iso-8859-1",
			"application/json;charset=UTF-32", "application/json;version=2" })
	void areAnsweredInUtf8(String accepted) {
		ResponseEntity<String> answer = order(HttpHeaders.ACCEPT, accepted);
		assertThat(answer.getStatusCode().value()).isEqualTo(201);
		assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_JSON);
		String cancel = "/orders/" + placed().getFirst() + "/cancel";
		ResponseEntity<String> cancelled = this.customer.post(this.port, cancel, "{}".getBytes(StandardCharsets.UTF_8),
				Map.of(HttpHeaders.ACCEPT, accepted));
		assertThat(cancelled.getStatusCode().value()).isEqualTo(200);
		assertThat(cancelled.getBody()).contains("\"status\":\"CANCELLED\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/json;q=0", "*/*;q=0", "nonsense" })
	void areNotPlacedWhereJsonIsNotAccepted(String accepted) {
		assertThat(order(HttpHeaders.ACCEPT, accepted).getStatusCode().value()).isEqualTo(406);
		assertThat(placed()).isEmpty();
	}

	@Test
	void areNotAnsweredAgainWhereJsonIsNotAccepted() {
		Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
		this.customer.orders(this.port, Customer.TEA, key);
		ResponseEntity<String> repeat = this.customer.post(this.port, "/orders",
				Customer.TEA.getBytes(StandardCharsets.UTF_8), Map.of("Idempotency-Key",
						Objects.requireNonNull(key.get("Idempotency-Key")), HttpHeaders.ACCEPT, "text/plain"));
		assertThat(repeat.getStatusCode().value()).isEqualTo(406);
		assertThat(placed()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "br", "gzip", "nonsense" })
	void areNotPlacedWhenTheyAreSaidToBeCompressed(String coding) {
		assertThat(order(HttpHeaders.CONTENT_ENCODING, coding).getStatusCode().value()).isEqualTo(415);
		assertThat(placed()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00e9" })
	void areNotPlacedWhenTheyAreNotUtf8(String product) {
		byte[] body = "{\"product\":\"%s\",\"amount\":1}".formatted(product).getBytes(StandardCharsets.ISO_8859_1);
		ResponseEntity<String> answer = this.customer.post(this.port, "/orders", body, Map.of());
		assertThat(answer.getStatusCode().value()).isEqualTo(400);
		assertThat(placed()).isEmpty();
	}

	private ResponseEntity<String> order(String header, String value) {
		return this.customer.orders(this.port, Customer.TEA, Map.of(header, value));
	}

	private List<Long> placed() {
		return this.search.newest(this.customer.id(), OrderFilter.of(null, null, null), Long.MAX_VALUE, 10)
			.stream()
			.map(Order::requiredId)
			.toList();
	}

}
