package io.microplatform.order;

import java.math.BigDecimal;
import java.time.Instant;

import io.microplatform.starter.json.StrictJsonAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.test.context.TestConstructor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@JsonTest(properties = { "spring.cloud.config.enabled=false", "platform.config.import=" })
@ImportAutoConfiguration(StrictJsonAutoConfiguration.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class OrderJsonTests {

	private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.123456Z");

	private final JsonMapper json;

	OrderJsonTests(JsonMapper json) {
		this.json = json;
	}

	@Test
	void amountsHaveTwoDigitsAndTimesAreUtc() {
		Order order = new Order(7L, 1, "tea", new BigDecimal("1000.00"), Order.Status.PENDING, null, NOW, NOW, NOW);
		assertThat(this.json.writeValueAsString(OrderResponse.of(order)))
			.isEqualTo("{\"id\":7,\"product\":\"tea\",\"amount\":1000.00,\"status\":\"PENDING\","
					+ "\"createdAt\":\"2026-11-24T12:00:00.123456Z\",\"updatedAt\":\"2026-11-24T12:00:00.123456Z\"}");
	}

	@Test
	void anOrderSurvivesTheCache() {
		Order order = new Order(7L, 1, "tea", new BigDecimal("0.10"), Order.Status.REJECTED, "why", NOW, NOW, null);
		CachedOrder cached = CachedOrder.of(order);
		assertThat(this.json.readValue(this.json.writeValueAsString(cached), CachedOrder.class)).isEqualTo(cached);
	}

	@Test
	void amountsAreExact() {
		assertThat(read("{\"product\":\"tea\",\"amount\":9007199254740993.01}").amount())
			.isEqualTo("9007199254740993.01");
	}

	@Test
	void whatIsNewIsIgnored() {
		assertThat(read("{\"product\":\"tea\",\"amount\":1,\"gift\":true}").product()).isEqualTo("tea");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"product\":1,\"amount\":1}", "{\"product\":true,\"amount\":1}",
			"{\"product\":\"tea\",\"amount\":\"1\"}", "{\"product\":\"tea\",\"amount\":true}",
			"{\"product\":\"tea\",\"amount\":NaN}", "{\"product\":\"tea\",\"amount\":1,\"amount\":2}",
			"{\"product\":\"tea\",\"amount\":1} {}", "[]", "1", "" })
	void nothingIsGuessed(String text) {
		assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> read(text));
	}

	private PlaceOrderRequest read(String text) {
		return this.json.readValue(text, PlaceOrderRequest.class);
	}

}
