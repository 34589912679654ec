package io.microplatform.gateway.inbound;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.overload.RequestsInProgress;

/**
 * The requests that were passed on and are not answered yet, in total and by the first
 * segment of their paths. The segment stands for a service: it is known before the route
 * is, and a service that hangs leaves room for the others. Thread-safe.
 */
final class PassedOnRequests {

	private final Refreshable<InboundProperties> properties;

	private final RequestsInProgress all;

	/** Has no segment without requests, whatever paths clients make up. */
	private final ConcurrentMap<String, Integer> bySegment = new ConcurrentHashMap<>();

	PassedOnRequests(Refreshable<InboundProperties> properties, MeterRegistry meters) {
		this.properties = properties;
		this.all = new RequestsInProgress(() -> properties.get().maxInProgress(), "gateway.",
				"Requests that were passed on and are not answered yet, without those with Prefer: wait", meters);
	}

	/**
	 * Counts a request if the limits allow it. The caller then calls {@link #end} exactly
	 * once.
	 * @param segment the first segment of its path
	 * @return {@code false} if the request must be shed
	 */
	boolean begin(String segment) {
		int most = this.properties.get().maxInProgressPerPath();
		boolean[] begins = new boolean[1];
		this.bySegment.compute(segment, (_, count) -> {
			int before = (count != null) ? count : 0;
			begins[0] = before < most;
			return begins[0] ? Integer.valueOf(before + 1) : count;
		});
		if (!begins[0]) {
			this.all.shed();
			return false;
		}
		if (!this.all.begin()) {
			endOf(segment);
			return false;
		}
		return true;
	}

	/** Ends a request that {@link #begin} has counted. */
	void end(String segment) {
		endOf(segment);
		this.all.end();
	}

	private void endOf(String segment) {
		this.bySegment.computeIfPresent(segment, (_, count) -> (count > 1) ? Integer.valueOf(count - 1) : null);
	}

	/**
	 * Returns the first segment of the path of a target.
	 * @param target the second word of a request line
	 * @return the segment with its slash, such as {@code /orders}
	 */
	static String segmentOf(String target) {
		int end = 1;
		while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
			end++;
		}
		return target.substring(0, Math.min(end, target.length()));
	}

}
