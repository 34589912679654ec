package io.microplatform.lab.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import com.fasterxml.jackson.annotation.JsonValue;
import io.microplatform.lab.platform.RunningPlatform;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;

/**
 * One figure for each process of a platform.
 *
 * @param byInstance the figures by instance, in display order
 */
record ProcessFigures(@JsonValue Map<String, Double> byInstance) {

	/**
	 * Measures every running process.
	 * @param platform the platform
	 * @param figure measures one process
	 */
	static ProcessFigures of(RunningPlatform platform, ToDoubleFunction<RunningProcess> figure) {
		Map<String, Double> figures = new LinkedHashMap<>();
		for (RunRecord entry : platform.processes()) {
			entry.process().ifPresent((process) -> figures.put(entry.instance(), figure.applyAsDouble(process)));
		}
		return new ProcessFigures(figures);
	}

	/**
	 * Returns the median; for an even number of values, the mean of the two middle ones.
	 */
	static double median(Collection<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

	double of(String instance) {
		return this.byInstance.getOrDefault(instance, 0.0);
	}

	double sum() {
		return this.byInstance.values().stream().mapToDouble(Double::doubleValue).sum();
	}

}
