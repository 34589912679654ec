package io.microplatform.lab.drill;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.microplatform.lab.platform.MetricsSnapshot;
import io.microplatform.local.process.RunRecord;

/**
 * The states of one circuit breaker at all gateways, from their metrics. Not thread-safe.
 */
final class BreakerStates {

	static final String CLOSED = "closed";

	static final String OPEN = "open";

	static final String HALF_OPEN = "half_open";

	private static final String METRIC = "resilience4j_circuitbreaker_state";

	private final String name;

	private final Set<String> observed = new TreeSet<>();

	/**
	 * Creates a history without states.
	 * @param name the name of the circuit breaker
	 */
	BreakerStates(String name) {
		this.name = name;
	}

	/** Adds the present states to the history. */
	void observe(DrillContext context) {
		for (RunRecord gateway : gateways(context)) {
			MetricsSnapshot metrics = MetricsSnapshot.of(gateway);
			List.of(CLOSED, OPEN, HALF_OPEN)
				.stream()
				.filter((state) -> isIn(state, metrics))
				.forEach(this.observed::add);
		}
	}

	/** Returns the states that at least one gateway had. */
	Set<String> observed() {
		return Collections.unmodifiableSet(this.observed);
	}

	/** Whether the circuit breaker is closed at every gateway. */
	boolean isClosed(DrillContext context) {
		return gateways(context).stream().allMatch((gateway) -> isIn(CLOSED, MetricsSnapshot.of(gateway)));
	}

	private boolean isIn(String state, MetricsSnapshot metrics) {
		return metrics.count(METRIC, "name=\"" + this.name + "\"", "state=\"" + state + "\"") == 1;
	}

	private static List<RunRecord> gateways(DrillContext context) {
		return context.platform().processes().instancesOf(DrillContext.GATEWAY);
	}

}
