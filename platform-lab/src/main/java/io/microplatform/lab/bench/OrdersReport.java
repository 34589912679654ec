package io.microplatform.lab.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.microplatform.lab.load.Latencies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Report on orders. Each figure is the median of all rounds.
 *
 * @param perSecond the number of orders per second
 * @param rounds the results of the rounds
 */
record OrdersReport(int perSecond, List<OrderTimes> rounds) {

	private static final String ROW = "%-36s %10s %10s %10s\n";

	private static final double NANOS_PER_MILLI = 1e6;

	@Override
	public String toString() {
		return ROW.formatted(String.format(Locale.ROOT, "MS, AT %d ORDERS/S", this.perSecond), "P50", "P99", "MAX")
				+ row("POST sent to accepted", OrderTimes::accepted)
				+ row("accepted to CONFIRMED seen", OrderTimes::confirmed)
				+ String.format(Locale.ROOT, "\nEach figure is the median of %d rounds.\n", this.rounds.size())
				+ JsonMapper.shared().writeValueAsString(json()) + "\n";
	}

	private String row(String name, Function<OrderTimes, Latencies> part) {
		return ROW.formatted(name, text(median(part, Latencies::p50)), text(median(part, Latencies::p99)),
				text(median(part, Latencies::max)));
	}

	private double median(Function<OrderTimes, Latencies> part, Function<Latencies, Duration> figure) {
		return ProcessFigures.median(this.rounds.stream().map(part.andThen(figure)).map(OrdersReport::millis).toList());
	}

	private static String text(double millis) {
		return String.format(Locale.ROOT, "%.1f", millis);
	}

	private static double millis(Duration duration) {
		return duration.toNanos() / NANOS_PER_MILLI;
	}

	private Map<String, Object> json() {
		return new TreeMap<>(Map.of("benchmark", "orders", "ordersPerSecond", this.perSecond, "millis",
				this.rounds.stream()
					.map((times) -> Map.of("accepted", json(times.accepted()), "confirmed", json(times.confirmed())))
					.toList()));
	}

	private static Map<String, Double> json(Latencies latencies) {
		return new TreeMap<>(
				Map.of("p50", millis(latencies.p50()), "p99", millis(latencies.p99()), "max", millis(latencies.max())));
	}

}
