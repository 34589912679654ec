package io.microplatform.lab.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import tools.jackson.databind.json.JsonMapper;

/**
 * Report on the gateway. Each figure is the median of all rounds.
 *
 * @param rounds the results of the rounds
 * @param countedInRedis the share of the requests that were counted in Redis, among those
 * that the rate limits counted
 */
record GatewayReport(List<Map<GatewayCondition, WrkResult>> rounds, double countedInRedis) {

	private static final String ROW = "%-36s %10s %10s %10s\n";

	@Override
	public String toString() {
		String title = String.format(Locale.ROOT, "%d CONNECTIONS", Wrk.CONNECTIONS);
		StringBuilder text = new StringBuilder(ROW.formatted(title, "REQUESTS/S", "P99 MS", "RELATIVE"));
		for (GatewayCondition condition : GatewayCondition.values()) {
			text.append(row(condition));
		}
		text.append(String.format(Locale.ROOT,
				"\nEach figure is the median of %d rounds. RELATIVE is the share of the requests/s without metrics.\n",
				this.rounds.size()));
		text.append(String.format(Locale.ROOT, "With rate limits, %.1f %% of the requests were counted in Redis.\n",
				this.countedInRedis * 100));
		return text.append(JsonMapper.shared().writeValueAsString(json())).append('\n').toString();
	}

	private String row(GatewayCondition condition) {
		double requests = median(condition, WrkResult::requestsPerSecond);
		double share = requests / median(GatewayCondition.WITHOUT_METRICS, WrkResult::requestsPerSecond);
		return ROW.formatted(condition.title(), String.format(Locale.ROOT, "%.0f", requests),
				String.format(Locale.ROOT, "%.2f", median(condition, WrkResult::p99Millis)),
				String.format(Locale.ROOT, "%.1f %%", share * 100));
	}

	private double median(GatewayCondition condition, ToDoubleFunction<WrkResult> figure) {
		List<Double> values = this.rounds.stream()
			.flatMap((round) -> Stream.ofNullable(round.get(condition)))
			.map(figure::applyAsDouble)
			.toList();
		return ProcessFigures.median(values);
	}

	private Map<String, Object> json() {
		return new TreeMap<>(Map.of("benchmark", "gateway", "connections", Wrk.CONNECTIONS, "countedInRedis",
				this.countedInRedis, "rounds", this.rounds.stream().map(GatewayReport::byKey).toList()));
	}

	private static Map<String, WrkResult> byKey(Map<GatewayCondition, WrkResult> round) {
		Map<String, WrkResult> results = new TreeMap<>();
		round.forEach((condition, result) -> results.put(condition.key(), result));
		return results;
	}

}
