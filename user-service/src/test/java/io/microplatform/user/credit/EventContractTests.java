package io.microplatform.user.credit;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import io.microplatform.starter.json.StrictJsonAutoConfiguration;
import io.microplatform.starter.test.EventContract;
import io.microplatform.user.credit.CreditAnswer.Outcome;
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
 * What user-service says of credit, and what it understands of orders, is what the
 * contract says.
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
	void everyAnswerKeepsTheContract(Outcome outcome) {
		CreditEvent event = new CreditEvent(7, 3, new BigDecimal("249.90"), new BigDecimal("0.00"),
				(outcome == Outcome.REFUSED) ? "Insufficient credit." : null, Instant.now());
		assertThat(CONTRACT.violations(outcome.eventType(), this.json.writeValueAsString(event))).isEmpty();
	}

	@Test
	void everyPropertyIsInTheContract() {
		assertThat(CONTRACT.missing("credit", CreditEvent.class)).isEmpty();
	}

	@Test
	void noAnswerOfTheContractIsMissing() {
		assertThat(CONTRACT.typesOn(CreditEvent.TOPIC)).hasSameSizeAs(Outcome.values());
	}

	@ParameterizedTest
	@MethodSource("orderEvents")
	void understandsEveryOrderThatTheContractAllows(String data) {
		OrderEvent order = this.json.readValue(data, OrderEvent.class);
		assertThat(order.orderId()).isPositive();
		assertThat(order.amount()).isPositive();
	}

	static List<String> orderEvents() {
		return CONTRACT.examplesOn("order");
	}

}
