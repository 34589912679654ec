package io.microplatform.acceptance.drill;

import java.time.Duration;
import java.time.Instant;

import io.microplatform.acceptance.load.Answer;
import io.microplatform.acceptance.load.LoadReport;
import org.jspecify.annotations.Nullable;

/**
 * A time during which something was done.
 *
 * @param what what was done
 * @param begin when it began
 * @param end when it was over
 * @param p99 the longest that 99 of 100 answers to calls of that time may take
 */
record Phase(String what, Instant begin, Instant end, @Nullable Duration p99) {

	/** The calls that were due in that time. */
	LoadReport of(LoadReport all) {
		return all.of(this::covers);
	}

	private boolean covers(Answer answer) {
		return !answer.due().isBefore(this.begin) && answer.due().isBefore(this.end);
	}

	boolean isTooSlow(LoadReport all) {
		return this.p99 != null && of(all).latencies().p99().compareTo(this.p99) > 0;
	}

}
