package io.microplatform.acceptance.platform;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Stream;

import io.microplatform.acceptance.client.PlatformClient;
import io.microplatform.local.process.RunRecord;

/**
 * What a process counts of itself, at one moment.
 *
 * @param text the metrics in Prometheus' text format
 */
public record Metrics(String text) {

	private static final String PATH = "/actuator/prometheus";

	/**
	 * Asks a process, which must be ready.
	 * @param process the process
	 * @return its metrics
	 */
	public static Metrics of(RunRecord process) {
		int port = Objects.requireNonNullElse(process.managementPort(), process.port());
		return new Metrics(PlatformClient.of(RunningPlatform.loopback(port)).get(PATH).expect(200).body());
	}

	/**
	 * A counter, summed over everything that has these labels.
	 * @param name its name
	 * @param labels as in {@code result="hit"}, or the beginnings of them
	 * @return the sum, 0 when nothing has been counted yet
	 */
	public long count(String name, String... labels) {
		return this.text.lines()
			.filter((line) -> line.startsWith(name + "{") && Stream.of(labels).allMatch(line::contains))
			.mapToLong((line) -> new BigDecimal(line.substring(line.lastIndexOf(' ') + 1)).longValueExact())
			.sum();
	}

}
