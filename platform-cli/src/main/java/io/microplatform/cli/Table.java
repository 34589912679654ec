package io.microplatform.cli;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The overview as a table.
 *
 * @param overview what to show
 */
record Table(Overview overview) {

	private static final String ROW = "%-17s %-18s %6s %6s %8s %9s  %-9s %-9s %-12s %s\n";

	@Override
	public String toString() {
		StringBuilder table = new StringBuilder(ROW.formatted("SERVICE", "INSTANCE", "PORT", "MGMT", "PID", "MEMORY",
				"STATE", "RELEASE", "CONFIG", "URL"));
		List<Overview.Line> lines = this.overview.processes();
		for (Overview.Line line : lines) {
			table.append(ROW.formatted(line.name(), line.instance(), (line.port() > 0) ? line.port() : "-",
					Objects.requireNonNullElse(line.managementPort(), "-"), line.pid(), line.pssMiB() + " MiB",
					line.state(), Objects.requireNonNullElse(line.release(), "-"), brief(line.configVersion()),
					line.url()));
		}
		table.append(String.format(Locale.ROOT, "%d %s, %d MiB\n", lines.size(),
				(lines.size() == 1) ? "process" : "processes", this.overview.totalPssMiB()));
		this.overview.traffic()
			.forEach((service,
					releases) -> table.append("traffic of %s by release: %s\n".formatted(service,
							releases.entrySet()
								.stream()
								.map((release) -> release.getKey() + " weighs " + release.getValue())
								.collect(Collectors.joining(", ")))));
		return table.toString();
	}

	/** As much of a version as tells it from others, for people. */
	private static String brief(@Nullable String version) {
		return (version == null || version.isEmpty()) ? "-" : version.substring(0, Math.min(12, version.length()));
	}

}
