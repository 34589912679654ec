package io.microplatform.user.credit;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The answer about the credit of an order, the same for every repeated event.
 *
 * @param outcome what became of the credit
 * @param event what is told of it
 */
record CreditAnswer(Outcome outcome, CreditEvent event) {

	/** What became of the credit that an order needs. */
	enum Outcome {

		/** The order's amount is set aside. */
		RESERVED("credit.reserved"),

		/** There was a reason to set nothing aside. */
		REFUSED("credit.refused"),

		/** Nothing is set aside any more, and nothing will be. */
		RELEASED("credit.released");

		private final String eventType;

		Outcome(String eventType) {
			this.eventType = eventType;
		}

		String eventType() {
			return this.eventType;
		}

	}

	static CreditAnswer of(Outcome outcome, OrderEvent order, BigDecimal amount, BigDecimal available,
			@Nullable String reason, Instant now) {
		return new CreditAnswer(outcome,
				new CreditEvent(order.orderId(), order.userId(), amount, available, reason, now));
	}

	boolean is(Outcome expected) {
		return this.outcome == expected;
	}

}
