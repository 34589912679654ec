package io.microplatform.order;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.microplatform.instance.configuration.Live;
import io.microplatform.starter.event.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Looks for orders about which user-service has not answered in time, and has it asked
 * again: whatever became of the question or of its answer, every order comes to its
 * outcome. User-service answers a question that it knows as it did before. While
 * questions do not even get out, and until their answers have had the usual time after
 * that, nobody is asked: each question of an outage would come twice just when there is
 * most to do.
 */
@Component
class UnansweredOrders implements SchedulingConfigurer {

	private static final Logger log = LoggerFactory.getLogger(UnansweredOrders.class);

	private final OrderService orders;

	private final Live<AskAgainProperties> properties;

	private final Outbox outbox;

	private final InstantSource clock;

	private final ObservationRegistry observations;

	private final Counter asked;

	private volatile Instant notBefore = Instant.MIN;

	UnansweredOrders(OrderService orders, Live<AskAgainProperties> properties, Outbox outbox, InstantSource clock,
			ObservationRegistry observations, MeterRegistry meters) {
		this.orders = orders;
		this.properties = properties;
		this.outbox = outbox;
		this.clock = clock;
		this.observations = observations;
		this.asked = Counter.builder("orders.asked.again")
			.description("Orders about which user-service had not answered in time")
			.register(meters);
	}

	/** Each look is a trace of its own, and one interval after the one before. */
	@Override
	public void configureTasks(ScheduledTaskRegistrar tasks) {
		tasks.addTriggerTask(
				() -> Observation.createNotStarted("orders.ask-again", this.observations).observe(this::askAgain),
				(last) -> last.getClock().instant().plus(this.properties.get().interval()));
	}

	/** Never fails: what could not be done is found again the next time. */
	void askAgain() {
		try {
			if (isTooEarly()) {
				return;
			}
			List<Order> unanswered = this.orders.askAgain();
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

	private boolean isTooEarly() {
		Instant now = this.clock.instant();
		AskAgainProperties rules = this.properties.get();
		if (this.outbox.isStuckSince(now.minus(rules.interval()))) {
			this.notBefore = now.plus(rules.after());
		}
		return now.isBefore(this.notBefore);
	}

}
