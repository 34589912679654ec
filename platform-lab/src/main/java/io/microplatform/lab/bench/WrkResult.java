package io.microplatform.lab.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.microplatform.lab.platform.PlatformFailedException;

/**
 * Result of a run of {@link Wrk} in which no request failed.
 *
 * @param requestsPerSecond the number of responses per second
 * @param p99Millis the 99th percentile of the latency in milliseconds
 */
record WrkResult(double requestsPerSecond, double p99Millis) {

	private static final double MICROS_PER_MILLI = 1000;

	private static final double MILLIS_PER_SECOND = 1000;

	private static final Pattern REQUESTS = Pattern.compile("^Requests/sec: +([0-9.]+) *$", Pattern.MULTILINE);

	private static final Pattern P99 = Pattern.compile("^ +99% +([0-9.]+)(us|ms|s) *$", Pattern.MULTILINE);

	/** Lines that wrk prints only if there were failures. */
	private static final Pattern FAILURES = Pattern.compile("^ +(Socket errors|Non-2xx or 3xx responses):",
			Pattern.MULTILINE);

	/**
	 * Parses the output of {@code wrk --latency}.
	 * @param output the output
	 * @return the result
	 * @throws PlatformFailedException if a request failed, or the output is not that of
	 * wrk; the message contains the output
	 */
	static WrkResult parse(String output) {
		if (FAILURES.matcher(output).find()) {
			throw new PlatformFailedException("not every request was answered:\n" + output, null);
		}
		Matcher requests = REQUESTS.matcher(output);
		Matcher p99 = P99.matcher(output);
		if (!requests.find() || !p99.find()) {
			throw new PlatformFailedException("wrk reported no result:\n" + output, null);
		}
		return new WrkResult(Double.parseDouble(requests.group(1)),
				millis(Double.parseDouble(p99.group(1)), p99.group(2)));
	}

	private static double millis(double value, String unit) {
		return switch (unit) {
			case "us" -> value / MICROS_PER_MILLI;
			case "ms" -> value;
			default -> value * MILLIS_PER_SECOND;
		};
	}

}
