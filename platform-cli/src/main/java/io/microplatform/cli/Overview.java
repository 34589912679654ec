package io.microplatform.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.microplatform.local.process.Memory;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;

/**
 * The state of the platform at one moment.
 *
 * @param state {@code UP} when there is a ready instance of everything, {@code DOWN} when
 * nothing runs, else {@code DEGRADED}
 * @param totalPssMiB memory of all processes
 * @param processes all that are on record
 * @param traffic the weights of the releases, by service and release; none where all
 * instances are alike
 */
@JsonPropertyOrder({ "state", "totalPssMiB", "processes", "traffic" })
record Overview(String state, long totalPssMiB, List<Line> processes, Map<String, Map<String, Integer>> traffic) {

	static final String UP = "UP";

	static final String DOWN = "DOWN";

	static Overview of(Context context) throws IOException {
		String published = ConfigSnapshot.published(context.state().config());
		// In parallel, because those that do not answer take their time.
		List<Line> lines = context.records().all().parallelStream().map((entry) -> Line.of(entry, published)).toList();
		return new Overview(stateOf(lines, context.names()), memoryOf(lines), lines,
				trafficOf(context.records().all()));
	}

	/** As the first gateway that answers says. */
	private static Map<String, Map<String, Integer>> trafficOf(List<RunRecord> records) {
		Map<String, Map<String, Integer>> traffic = new TreeMap<>();
		records.stream()
			.filter((entry) -> entry.name().equals(Plan.GATEWAY))
			.map((gateway) -> InstanceInfo.of(gateway).path("traffic"))
			.filter(JsonNode::isObject)
			.findFirst()
			.ifPresent((services) -> services.forEachEntry((service, releases) -> {
				Map<String, Integer> weights = new TreeMap<>();
				releases.forEachEntry((release, weight) -> weights.put(release, weight.asInt()));
				traffic.put(service, weights);
			}));
		return traffic;
	}

	/** The instances of one service, with the state of all. */
	Overview only(String service) {
		List<Line> lines = this.processes.stream().filter((line) -> line.name().equals(service)).toList();
		return new Overview(this.state, memoryOf(lines), lines, Map.of());
	}

	private static long memoryOf(List<Line> lines) {
		return lines.stream().mapToLong(Line::pssMiB).sum();
	}

	private static String stateOf(List<Line> lines, List<String> names) {
		if (lines.stream().allMatch((line) -> line.state().equals(DOWN))) {
			return DOWN;
		}
		Set<String> ready = lines.stream()
			.filter((line) -> line.state().equals(UP))
			.map(Line::name)
			.collect(Collectors.toSet());
		return ready.containsAll(names) ? UP : "DEGRADED";
	}

	/**
	 * One process.
	 *
	 * @param state {@code UP} when it is ready, {@code NOT_READY} when it lives but is
	 * not, {@code DOWN} when it died without being told to
	 * @param release of a business service
	 */
	@JsonPropertyOrder({ "name", "instance", "pid", "port", "managementPort", "state", "pssMiB", "configVersion",
			"release", "url" })
	record Line(String name, String instance, long pid, int port, @Nullable Integer managementPort, String state,
			long pssMiB, @Nullable String configVersion, @Nullable String release, String url) {

		private static Line of(RunRecord entry, String published) {
			long memory = entry.process().map(Memory::pssMiB).orElse(0L);
			return new Line(entry.name(), entry.instance(), entry.pid(), entry.port(), entry.managementPort(),
					stateOf(entry), memory, configVersion(entry, published), entry.release(), entry.url());
		}

		/**
		 * For a config server the published version; for any other instance the version
		 * that it reports: it may have taken another version since it was started.
		 */
		private static @Nullable String configVersion(RunRecord entry, String published) {
			if (entry.name().equals(Plan.CONFIG)) {
				return published;
			}
			if (entry.configVersion() == null) {
				return null;
			}
			return InstanceInfo.of(entry).path("config").path("version").stringValue(entry.configVersion());
		}

		private static String stateOf(RunRecord entry) {
			if (entry.process().filter(RunningProcess::isAlive).isEmpty()) {
				return DOWN;
			}
			return entry.asInstance().answers() ? UP : "NOT_READY";
		}

	}

}
