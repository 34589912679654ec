package io.microplatform.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import io.microplatform.order.Order.Status;
import io.microplatform.starter.json.StrictJsonAutoConfiguration;
import io.microplatform.starter.test.EventContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.test.context.TestConstructor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What order-service says, and what it understands, is what the contract says.
 */
@JsonTest(properties = { "spring.cloud.config.enabled=false", "platform.config.import=" })
@ImportAutoConfiguration(StrictJsonAutoConfiguration.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class EventContractTests {

	private static final EventContract CONTRACT = EventContract.ofThisCheckout();

	private final JsonMapper json;

	EventContractTests(JsonMapper json) {
		this.json = json;
	}

	@ParameterizedTest
	@EnumSource
	void everyEventKeepsTheContract(Status status) {
		OrderEvent event = new OrderEvent(7, 3, "tea", new BigDecimal("249.90"), status,
				(status == Status.REJECTED) ? "Insufficient credit." : null, Instant.now());
		assertThat(CONTRACT.violations(event.type(), this.json.writeValueAsString(event))).isEmpty();
	}

	@Test
	void everyPropertyIsInTheContract() {
		assertThat(CONTRACT.missing("order", OrderEvent.class)).isEmpty();
	}

	@Test
	void noEventOfTheContractIsMissing() {
		assertThat(CONTRACT.typesOn(OrderEvent.TOPIC)).hasSameSizeAs(Status.values());
	}

	@ParameterizedTest
	@MethodSource("creditEvents")
	void understandsEveryAnswerThatTheContractAllows(String data) {
		assertThat(this.json.readValue(data, CreditEvent.class).orderId()).isPositive();
	}

	static List<String> creditEvents() {
		return CONTRACT.examplesOn("credit");
	}

}
