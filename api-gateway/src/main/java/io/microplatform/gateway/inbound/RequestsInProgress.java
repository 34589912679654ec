package io.microplatform.gateway.inbound;

import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;

/**
 * The number of requests in progress at the gateway, over all connections. It never
 * exceeds {@code platform.gateway.max-in-progress}, except while a lower limit takes
 * effect. Thread-safe.
 */
final class RequestsInProgress {

	private final AtomicInteger count = new AtomicInteger();

	private final Refreshable<InboundProperties> properties;

	private final Counter shed;

	RequestsInProgress(Refreshable<InboundProperties> properties, MeterRegistry meters) {
		this.properties = properties;
		this.shed = Counter.builder("gateway.requests.shed")
			.description("Requests that were answered 503 because too many were in progress")
			.register(meters);
		Gauge.builder("gateway.requests.in.progress", this.count::get)
			.description("Requests that were passed on and are not answered yet, without those with Prefer: wait")
			.register(meters);
	}

	/**
	 * Counts a request if the limit allows it. The caller then calls {@link #end()}
	 * exactly once.
	 * @return {@code false} if the request must be shed
	 */
	boolean begin() {
		int maximum = this.properties.get().maxInProgress();
		boolean begins = this.count.getAndUpdate((now) -> (now < maximum) ? now + 1 : now) < maximum;
		if (!begins) {
			this.shed.increment();
		}
		return begins;
	}

	/** Ends a request that {@link #begin()} has counted. */
	void end() {
		this.count.decrementAndGet();
	}

}
