package io.microplatform.lab.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.microplatform.lab.bench.StartBench.Start;
import tools.jackson.databind.json.JsonMapper;

/**
 * Report on starts.
 *
 * @param first the start from an empty state directory
 * @param daily the starts with data and caches in place
 */
record StartReport(Start first, List<Start> daily) {

	private static final String ROW = "%-36s %10s %10s\n";

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(ROW.formatted("SECONDS", "FIRST", "DAILY"));
		text.append(row("until up says ready", Start::readySeconds));
		text.append(row("until the first order is CONFIRMED", Start::confirmedSeconds));
		text.append('\n').append(ROW.formatted("CPU SECONDS UNTIL THEN", "FIRST", "DAILY"));
		for (String instance : this.first.cpuSeconds().byInstance().keySet()) {
			text.append(row(instance, (start) -> start.cpuSeconds().of(instance)));
		}
		text.append(row("together", (start) -> start.cpuSeconds().sum()));
		text.append(String.format(Locale.ROOT,
				"\nDAILY is the median of %d starts with data, extracted jars and ahead-of-time caches in place.\n",
				this.daily.size()));
		return text.append(JsonMapper.shared().writeValueAsString(json())).append('\n').toString();
	}

	private String row(String name, ToDoubleFunction<Start> figure) {
		return ROW.formatted(name, seconds(figure.applyAsDouble(this.first)), seconds(median(figure)));
	}

	private double median(ToDoubleFunction<Start> figure) {
		return ProcessFigures.median(this.daily.stream().map(figure::applyAsDouble).toList());
	}

	private static String seconds(double value) {
		return String.format(Locale.ROOT, "%.1f", value);
	}

	private Map<String, Object> json() {
		return Map.of("benchmark", "start", "first", this.first, "daily", this.daily);
	}

}
