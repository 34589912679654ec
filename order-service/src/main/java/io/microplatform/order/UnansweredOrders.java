package io.microplatform.order;

import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks for orders about which user-service has not answered in time, and has it asked
 * again: whatever became of the question or of its answer, every order comes to its
 * outcome. User-service answers a question that it knows as it did before.
 */
@Component
class UnansweredOrders {

	private static final Logger log = LoggerFactory.getLogger(UnansweredOrders.class);

	private final Orders orders;

	private final AskAgainProperties properties;

	private final Counter asked;

	UnansweredOrders(Orders orders, AskAgainProperties properties, MeterRegistry meters) {
		this.orders = orders;
		this.properties = properties;
		this.asked = Counter.builder("orders.asked.again")
			.description("Orders about which user-service had not answered in time")
			.register(meters);
	}

	/** Never fails: what could not be done is found again the next time. */
	@Scheduled(fixedDelayString = "${platform.orders.ask-again.interval}",
			initialDelayString = "${platform.orders.ask-again.interval}")
	void askAgain() {
		try {
			List<Order> unanswered = this.orders.askAgain(this.properties.batchSize());
			if (!unanswered.isEmpty()) {
				this.asked.increment(unanswered.size());
				log.warn("Asked again about {} orders: {}", unanswered.size(),
						unanswered.stream().map(Order::id).toList());
			}
		}
		catch (RuntimeException ex) {
			log.warn("Unanswered orders could not be asked about and are tried again: {}", ex.toString());
		}
	}

}
