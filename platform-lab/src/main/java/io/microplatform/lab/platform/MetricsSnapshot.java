package io.microplatform.lab.platform;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Stream;

import io.microplatform.lab.client.PlatformClient;
import io.microplatform.local.process.RunRecord;

/**
 * Metrics of a process at one point in time.
 *
 * @param text the metrics in the Prometheus text format
 */
public record MetricsSnapshot(String text) {

	private static final String PATH = "/actuator/prometheus";

	/**
	 * Fetches the metrics of a process that is ready.
	 * @param process the process
	 * @return its metrics
	 */
	public static MetricsSnapshot of(RunRecord process) {
		int port = Objects.requireNonNullElse(process.managementPort(), process.port());
		return new MetricsSnapshot(PlatformClient.of(RunningPlatform.loopback(port)).get(PATH).expect(200).body());
	}

	/**
	 * Returns the sum of a counter over all series with the given labels.
	 * @param name the name of the counter
	 * @param labels label texts such as {@code result="hit"}, or prefixes of them
	 * @return the sum, or 0 if there is no such series
	 */
	public long count(String name, String... labels) {
		return this.text.lines()
			.filter((line) -> line.startsWith(name + "{") && Stream.of(labels).allMatch(line::contains))
			.mapToLong((line) -> new BigDecimal(line.substring(line.lastIndexOf(' ') + 1)).longValueExact())
			.sum();
	}

}
