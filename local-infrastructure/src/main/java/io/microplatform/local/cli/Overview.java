package io.microplatform.local.cli;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.microplatform.local.process.Memory;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;
import org.jspecify.annotations.Nullable;

/**
 * What of the platform runs at this moment.
 *
 * @param state {@code UP} when there is a ready instance of everything, {@code DOWN} when
 * nothing runs, else {@code DEGRADED}
 * @param totalPssMiB memory of all processes
 * @param processes all that are on record
 */
@JsonPropertyOrder({ "state", "totalPssMiB", "processes" })
record Overview(String state, long totalPssMiB, List<Line> processes) {

	static final String UP = "UP";

	static final String DOWN = "DOWN";

	static Overview of(Context context) throws IOException {
		// In parallel, because those that do not answer take their time.
		List<Line> lines = context.records().all().parallelStream().map(Line::of).toList();
		return new Overview(stateOf(lines), memoryOf(lines), lines);
	}

	/** The instances of one service, with the state of all. */
	Overview only(String service) {
		List<Line> lines = this.processes.stream().filter((line) -> line.name().equals(service)).toList();
		return new Overview(this.state, memoryOf(lines), lines);
	}

	private static long memoryOf(List<Line> lines) {
		return lines.stream().mapToLong(Line::pssMiB).sum();
	}

	private static String stateOf(List<Line> lines) {
		if (lines.stream().allMatch((line) -> line.state().equals(DOWN))) {
			return DOWN;
		}
		Set<String> ready = lines.stream()
			.filter((line) -> line.state().equals(UP))
			.map(Line::name)
			.collect(Collectors.toSet());
		return ready.containsAll(Plan.NAMES) ? UP : "DEGRADED";
	}

	/**
	 * One process.
	 *
	 * @param state {@code UP} when it is ready, {@code NOT_READY} when it lives but is
	 * not, {@code DOWN} when it died without being told to
	 */
	@JsonPropertyOrder({ "name", "instance", "pid", "port", "managementPort", "state", "pssMiB", "configVersion",
			"url" })
	record Line(String name, String instance, long pid, int port, @Nullable Integer managementPort, String state,
			long pssMiB, @Nullable String configVersion, String url) {

		private static Line of(RunRecord entry) {
			long memory = entry.process().map(Memory::pssMiB).orElse(0L);
			return new Line(entry.name(), entry.instance(), entry.pid(), entry.port(), entry.managementPort(),
					stateOf(entry), memory, entry.configVersion(), entry.url());
		}

		private static String stateOf(RunRecord entry) {
			if (entry.process().filter(RunningProcess::isAlive).isEmpty()) {
				return DOWN;
			}
			return entry.asInstance().answers() ? UP : "NOT_READY";
		}

	}

}
