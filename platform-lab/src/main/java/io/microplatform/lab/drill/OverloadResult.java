package io.microplatform.lab.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.microplatform.lab.load.LoadReport;

/**
 * Result of an overload.
 *
 * @param maximum the calls per second that the platform sustained before the overload
 * @param offered the calls per second during the overload
 * @param time the duration of the overload
 * @param load the results during the overload; a 503 with {@code Retry-After} has the
 * kind {@code 503}
 * @param generator the share of the machine's CPU time that the load generator used
 * @param after the results of a normal load, from the time at which everything should be
 * normal again
 */
record OverloadResult(double maximum, double offered, Duration time, LoadReport load, double generator,
		LoadReport after) {

	private static final String UNAVAILABLE = "503";

	private static final double MIN_SHARE = 0.6;

	private static final Duration MAX_P99 = Duration.ofSeconds(1);

	private static final Duration MAX_P99_AFTER = Duration.ofMillis(250);

	/** Selects the calls that succeeded. */
	LoadReport accepted() {
		return this.load.of((result) -> result.failure() == null);
	}

	/** Selects the calls that the platform refused, and that can be retried. */
	LoadReport refused() {
		return this.load.of((result) -> result.kind().equals(UNAVAILABLE));
	}

	/** Selects the calls that were neither accepted nor refused. */
	LoadReport failed() {
		return this.load.of((result) -> result.failure() != null && !result.kind().equals(UNAVAILABLE));
	}

	/** Returns the successful calls per second. */
	double goodput() {
		return accepted().results().size() / (this.time.toMillis() / 1000.0);
	}

	/** Returns the goodput relative to the maximum. */
	double share() {
		return goodput() / this.maximum;
	}

	/** Returns the violations of the requirements on an overloaded platform. */
	List<String> violations() {
		List<String> violations = new ArrayList<>();
		if (share() < MIN_SHARE) {
			violations.add(String.format(Locale.ROOT, "goodput is %.0f %% of the maximum, below %.0f %%", share() * 100,
					MIN_SHARE * 100));
		}
		if (accepted().latencies().p99().compareTo(MAX_P99) > 0) {
			violations.add(String.format(Locale.ROOT, "p99 of the accepted calls is %d ms, above %d ms",
					accepted().latencies().p99().toMillis(), MAX_P99.toMillis()));
		}
		if (!failed().results().isEmpty()) {
			violations.add(String.format(Locale.ROOT, "%d calls were neither accepted nor refused with Retry-After: %s",
					failed().results().size(), failed().kinds()));
		}
		if (!this.after.failures().results().isEmpty() || this.after.latencies().p99().compareTo(MAX_P99_AFTER) > 0) {
			violations.add(String.format(Locale.ROOT, "not normal after the overload: p99 %d ms, %s",
					this.after.latencies().p99().toMillis(), this.after.kinds()));
		}
		return violations;
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, """
				maximum             %8.0f calls/s
				offered             %8.0f calls/s for %d s
				goodput             %8.0f calls/s, %.0f %% of the maximum
				accepted            %8d, p99 %d ms
				refused             %8d
				failed              %8d
				load generator      %8.0f %% of the CPU time
				p99 afterwards      %8d ms

				%s""", this.maximum, this.offered, this.time.toSeconds(), goodput(), share() * 100,
				accepted().results().size(), accepted().latencies().p99().toMillis(), refused().results().size(),
				failed().results().size(), this.generator * 100, this.after.latencies().p99().toMillis(), this.load);
	}

}
