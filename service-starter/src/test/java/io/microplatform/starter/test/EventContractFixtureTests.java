package io.microplatform.starter.test;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventContractFixtureTests {

	private static final String CREATED = """
			{"orderId": 1, "userId": 2, "product": "tea", "amount": 9.99, "status": "PENDING",
			"at": "2026-11-26T04:25:18.252969Z"}""";

	private final EventContract contract = EventContract.ofThisCheckout();

	@Test
	void knowsTheEventsOfBothTopics() {
		assertThat(this.contract.typesOn("orders")).containsExactly("order.created", "order.confirmed",
				"order.rejected", "order.cancelled");
		assertThat(this.contract.typesOn("credit")).containsExactly("credit.reserved", "credit.refused",
				"credit.released");
	}

	@Test
	void acceptsWhatKeepsIt() {
		assertThat(this.contract.violations("order.created", CREATED)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"orderId": 1,    | ''              | orderId
			"amount": 9.99   | "amount": 9.999 | amount
			"amount": 9.99   | "amount": "9"   | amount
			PENDING          | CONFIRMED       | status
			252969Z          | 252969+01:00    | at
			""")
	void findsWhatBreaksIt(String part, String replacement, String property) {
		assertThat(this.contract.violations("order.created", CREATED.replace(part, replacement))).isNotEmpty()
			.allMatch((violation) -> violation.contains(property));
	}

	@Test
	void aRejectionNeedsAReason() {
		String rejected = CREATED.replace("PENDING", "REJECTED");
		assertThat(this.contract.violations("order.rejected", rejected)).singleElement().asString().contains("reason");
	}

	@Test
	void anUnknownTypeIsNotInIt() {
		assertThat(this.contract.violations("order.lost", CREATED)).hasSize(1);
	}

	@Test
	void examplesKeepTheSchema() {
		List<String> examples = this.contract.examplesOn("credit");
		assertThat(examples).hasSize(3)
			.allSatisfy((example) -> assertThat(this.contract.violations("credit.reserved", example)).isEmpty());
	}

}
