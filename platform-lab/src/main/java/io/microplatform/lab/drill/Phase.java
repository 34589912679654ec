package io.microplatform.lab.drill;

import java.time.Duration;
import java.time.Instant;

import io.microplatform.lab.load.CallResult;
import io.microplatform.lab.load.LoadReport;
import org.jspecify.annotations.Nullable;

/**
 * A named period of a drill.
 *
 * @param name the name
 * @param begin the begin, inclusive
 * @param end the end, exclusive
 * @param p99 the maximum 99th percentile of the latency; null for no limit
 */
record Phase(String name, Instant begin, Instant end, @Nullable Duration p99) {

	/** Selects the calls that were due in this phase. */
	LoadReport of(LoadReport all) {
		return all.of(this::covers);
	}

	private boolean covers(CallResult result) {
		return !result.due().isBefore(this.begin) && result.due().isBefore(this.end);
	}

	boolean isTooSlow(LoadReport all) {
		return this.p99 != null && of(all).latencies().p99().compareTo(this.p99) > 0;
	}

}
