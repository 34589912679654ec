package io.microplatform.lab.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.microplatform.lab.load.LoadReport;

/**
 * Result of reads while clients log in without a pause, and of many clients afterwards.
 *
 * @param before the reads before the logins
 * @param during the reads and the logins at the same time; a login that is answered 503
 * with {@code Retry-After} has the kind {@code 503}
 * @param parallel the calls of many clients after the logins
 */
record LoginsResult(LoadReport before, LoadReport during, LoadReport parallel) {

	/** The name of the calls that log in. */
	static final String LOGIN = "log in";

	private static final String UNAVAILABLE = "503";

	/** The maximum p95 of the reads during the logins, relative to the p95 before. */
	private static final double MAX_FACTOR = 3;

	private static final double NANOS_PER_MILLI = 1e6;

	/** Selects the reads during the logins. */
	LoadReport reads() {
		return this.during.of((result) -> !result.call().equals(LOGIN));
	}

	/** Selects the logins that were not refused. */
	LoadReport accepted() {
		return this.during.of((result) -> result.call().equals(LOGIN) && !result.kind().equals(UNAVAILABLE));
	}

	/** Selects the logins that the platform refused, and that can be retried. */
	LoadReport refused() {
		return this.during.of((result) -> result.call().equals(LOGIN) && result.kind().equals(UNAVAILABLE));
	}

	/** Returns the p95 of the reads during the logins, relative to the p95 before. */
	double factor() {
		return p95Millis(reads()) / p95Millis(this.before);
	}

	/** Returns the violations of the requirements. */
	List<String> violations() {
		List<String> violations = new ArrayList<>();
		requireSuccess("reads before the logins", this.before, violations);
		requireSuccess("reads during the logins", reads(), violations);
		requireSuccess("accepted logins", accepted(), violations);
		requireSuccess("calls of parallel clients", this.parallel, violations);
		if (factor() > MAX_FACTOR) {
			violations.add(String.format(Locale.ROOT, "p95 of the reads with logins is %.1f ms, above %.0f × %.1f ms",
					p95Millis(reads()), MAX_FACTOR, p95Millis(this.before)));
		}
		return violations;
	}

	private static void requireSuccess(String calls, LoadReport results, List<String> violations) {
		LoadReport failed = results.failures();
		if (results.results().isEmpty()) {
			violations.add("no " + calls);
		}
		else if (!failed.results().isEmpty()) {
			violations.add(String.format(Locale.ROOT, "%d of %d %s failed: %s", failed.results().size(),
					results.results().size(), calls, failed.kinds()));
		}
	}

	private static double p95Millis(LoadReport results) {
		return results.latencies().p95().toNanos() / NANOS_PER_MILLI;
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, """
				reads before        %8d, p95 %.1f ms
				reads during logins %8d, p95 %.1f ms, %.1f times as long
				accepted logins     %8d, p50 %d ms, max %d ms
				refused logins      %8d
				parallel calls      %8d, p99 %d ms

				%s
				%s""", this.before.results().size(), p95Millis(this.before), reads().results().size(),
				p95Millis(reads()), factor(), accepted().results().size(), accepted().latencies().p50().toMillis(),
				accepted().latencies().max().toMillis(), refused().results().size(), this.parallel.results().size(),
				this.parallel.latencies().p99().toMillis(), this.during, this.parallel);
	}

}
