package io.microplatform.lab.load;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.HdrHistogram.Histogram;

/**
 * Latency percentiles. All are zero if there are no values.
 *
 * @param p50 the median
 * @param p95 the 95th percentile
 * @param p99 the 99th percentile
 * @param max the maximum
 */
public record Latencies(Duration p50, Duration p95, Duration p99, Duration max) {

	private static final int SIGNIFICANT_DIGITS = 3;

	static Latencies ofResults(List<CallResult> results) {
		return of(results.stream().map(CallResult::latency).toList());
	}

	/**
	 * Computes the percentiles of durations.
	 * @param durations the durations
	 * @return the percentiles, with microsecond resolution and three significant digits
	 */
	public static Latencies of(Collection<Duration> durations) {
		Histogram micros = new Histogram(SIGNIFICANT_DIGITS);
		durations.forEach((duration) -> micros.recordValue(TimeUnit.NANOSECONDS.toMicros(duration.toNanos())));
		return new Latencies(micros(micros.getValueAtPercentile(50)), micros(micros.getValueAtPercentile(95)),
				micros(micros.getValueAtPercentile(99)), micros(micros.getMaxValue()));
	}

	private static Duration micros(long micros) {
		return Duration.of(micros, TimeUnit.MICROSECONDS.toChronoUnit());
	}

}
