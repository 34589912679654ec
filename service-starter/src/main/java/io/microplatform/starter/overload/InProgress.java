package io.microplatform.starter.overload;

import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.overload.RequestsInProgress;
import org.jspecify.annotations.Nullable;

/**
 * The number of requests that this instance is processing. A new request is shed if
 * {@code platform.overload.max-in-progress} are in progress already. Thread-safe.
 */
public final class InProgress {

	private final RequestsInProgress requests;

	/** Whether the request of the thread no longer counts. */
	private final ThreadLocal<@Nullable Boolean> released = new ThreadLocal<>();

	InProgress(Refreshable<OverloadProperties> properties, MeterRegistry meters) {
		this.requests = new RequestsInProgress(() -> properties.get().maxInProgress(), "",
				"Requests in progress, without those that wait or have waited for an outcome or for hashing", meters);
	}

	/**
	 * Counts a request if the limit allows it. The caller then calls {@link #end()}
	 * exactly once.
	 * @return {@code false} if the request must be shed
	 */
	boolean begin() {
		return this.requests.begin();
	}

	/**
	 * Ends a request that {@link #begin()} has counted. Must be called in the same
	 * thread.
	 */
	void end() {
		if (this.released.get() == null) {
			this.requests.end();
		}
		this.released.remove();
	}

	/**
	 * Waits on behalf of a request, which no longer counts from then on: while it waits,
	 * it needs neither CPU time nor a connection, and afterwards hardly any. If it
	 * counted again, many requests whose wait ends at the same time would leave no room
	 * for new ones. The number of waiting requests must be limited in another way. Must
	 * be called in the thread of a request.
	 * @param <T> the type of the result
	 * @param waiting the action that waits
	 * @return its result
	 */
	public <T> T whileReleased(Supplier<T> waiting) {
		if (this.released.get() == null) {
			this.released.set(true);
			this.requests.end();
		}
		return waiting.get();
	}

}
