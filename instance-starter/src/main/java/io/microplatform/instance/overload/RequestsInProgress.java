package io.microplatform.instance.overload;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The number of requests in progress. It never exceeds its maximum, except while a lower
 * maximum takes effect. Thread-safe.
 */
public final class RequestsInProgress {

	private final AtomicInteger count = new AtomicInteger();

	private final IntSupplier maximum;

	private final Counter shed;

	/**
	 * Creates the number, with the meters {@code requests.in.progress} and
	 * {@code requests.shed}.
	 * @param maximum returns the current maximum
	 * @param prefix the beginning of the names of the meters
	 * @param description describes the requests that count
	 * @param meters the registry of the meters
	 */
	public RequestsInProgress(IntSupplier maximum, String prefix, String description, MeterRegistry meters) {
		this.maximum = maximum;
		this.shed = Counter.builder(prefix + "requests.shed")
			.description("Requests that were answered 503 because too many were in progress")
			.register(meters);
		Gauge.builder(prefix + "requests.in.progress", this.count::get).description(description).register(meters);
	}

	/**
	 * Counts a request if the maximum allows it. The caller then calls {@link #end()}
	 * exactly once.
	 * @return {@code false} if the request must be shed
	 */
	public boolean begin() {
		int most = this.maximum.getAsInt();
		boolean begins = this.count.getAndUpdate((now) -> (now < most) ? now + 1 : now) < most;
		if (!begins) {
			shed();
		}
		return begins;
	}

	/** Counts a request that is shed for another reason. */
	public void shed() {
		this.shed.increment();
	}

	/** Ends a request that {@link #begin()} has counted. */
	public void end() {
		this.count.decrementAndGet();
	}

}
