package io.microplatform.order;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Live;
import io.microplatform.starter.preference.WaitPreference;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Where requests wait, as their clients prefer, until the outcome of the order is known.
 * There is room for some; the others are answered at once, without
 * {@code Preference-Applied}.
 */
@Component
class WaitingRoom {

	private final Outcomes outcomes;

	private final Live<OutcomeProperties> properties;

	private final AtomicInteger waiting = new AtomicInteger();

	WaitingRoom(Outcomes outcomes, Live<OutcomeProperties> properties, MeterRegistry meters) {
		this.outcomes = outcomes;
		this.properties = properties;
		Gauge.builder("orders.waiting", this.waiting::get).register(meters);
	}

	/**
	 * The answer with the order as it is when its outcome is known, or the time is over.
	 * @param placed the answer with the order as it was placed
	 * @param wait how long the client likes to wait
	 * @return the answer to give
	 */
	ResponseEntity<OrderResponse> answer(ResponseEntity<OrderResponse> placed, WaitPreference wait) {
		if (!takesPlace()) {
			return placed;
		}
		try {
			OrderResponse order = Objects.requireNonNull(placed.getBody());
			return ResponseEntity.status(placed.getStatusCode())
				.headers(placed.getHeaders())
				.header(WaitPreference.PREFERENCE_APPLIED, wait.applied())
				.body(this.outcomes.await(order.id(), wait.remaining()).map(OrderResponse::of).orElse(order));
		}
		finally {
			this.waiting.decrementAndGet();
		}
	}

	private boolean takesPlace() {
		int places = this.properties.get().maxWaiting();
		return this.waiting.getAndUpdate((taken) -> (taken < places) ? taken + 1 : taken) < places;
	}

}
