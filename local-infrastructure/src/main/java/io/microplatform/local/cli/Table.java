package io.microplatform.local.cli;

import java.util.List;
import java.util.Objects;

/**
 * The overview for people.
 *
 * @param overview what to show
 */
record Table(Overview overview) {

	private static final String ROW = "%-17s %-18s %6s %6s %8s %9s  %-9s %s\n";

	@Override
	public String toString() {
		StringBuilder table = new StringBuilder(
				ROW.formatted("SERVICE", "INSTANCE", "PORT", "MGMT", "PID", "MEMORY", "STATE", "URL"));
		List<Overview.Line> lines = this.overview.processes();
		for (Overview.Line line : lines) {
			table.append(ROW.formatted(line.name(), line.instance(), line.port(),
					Objects.requireNonNullElse(line.managementPort(), "-"), line.pid(), line.pssMiB() + " MiB",
					line.state(), line.url()));
		}
		return table
			.append("%d %s, %d MiB\n".formatted(lines.size(), (lines.size() == 1) ? "process" : "processes",
					this.overview.totalPssMiB()))
			.toString();
	}

}
