package io.microplatform.order;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.starter.background.BackgroundTask;
import io.microplatform.starter.event.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * A {@link BackgroundTask} that publishes the events of orders again which user-service
 * has not answered in time, so that every order reaches its outcome even if an event was
 * lost. User-service answers a repeated event as it did before. While events cannot be
 * published, and until their answers have had the usual time after that, nothing is
 * published again: an outage would double the load just when there is most to do.
 */
@Component
class UnansweredOrders extends BackgroundTask {

	private static final Logger log = LoggerFactory.getLogger(UnansweredOrders.class);

	private final OrderService orders;

	private final Refreshable<AskAgainProperties> properties;

	private final Outbox outbox;

	private final InstantSource clock;

	private final ObservationRegistry observations;

	private final Counter asked;

	private volatile Instant notBefore = Instant.MIN;

	UnansweredOrders(OrderService orders, Refreshable<AskAgainProperties> properties, Outbox outbox,
			InstantSource clock, ObservationRegistry observations, MeterRegistry meters) {
		super("unanswered-orders");
		this.orders = orders;
		this.properties = properties;
		this.outbox = outbox;
		this.clock = clock;
		this.observations = observations;
		this.asked = Counter.builder("orders.asked.again")
			.description("Orders about which user-service had not answered in time")
			.register(meters);
	}

	@Override
	protected Duration interval() {
		return this.properties.get().interval();
	}

	/** Each run is a trace of its own. */
	@Override
	protected void run() {
		Observation.createNotStarted("orders.ask-again", this.observations).observe(this::askAgain);
	}

	void askAgain() {
		if (isTooEarly()) {
			return;
		}
		List<Order> unanswered = this.orders.askAgain();
		if (!unanswered.isEmpty()) {
			this.asked.increment(unanswered.size());
			log.warn("Asked again about {} orders: {}", unanswered.size(), unanswered.stream().map(Order::id).toList());
		}
	}

	private boolean isTooEarly() {
		Instant now = this.clock.instant();
		AskAgainProperties rules = this.properties.get();
		if (this.outbox.isStuckSince(now.minus(rules.interval()))) {
			this.notBefore = now.plus(rules.after());
		}
		return now.isBefore(this.notBefore);
	}

}
