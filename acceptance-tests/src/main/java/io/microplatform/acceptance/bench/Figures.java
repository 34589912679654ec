package io.microplatform.acceptance.bench;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import com.fasterxml.jackson.annotation.JsonValue;
import io.microplatform.acceptance.platform.RunningPlatform;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;

/**
 * One number for each process of a platform.
 *
 * @param byInstance the numbers, in the order in which instances are shown
 */
record Figures(@JsonValue Map<String, Double> byInstance) {

	/**
	 * Asks every process that runs.
	 * @param platform the platform
	 * @param figure the number of one process
	 */
	static Figures of(RunningPlatform platform, ToDoubleFunction<RunningProcess> figure) {
		Map<String, Double> figures = new LinkedHashMap<>();
		for (RunRecord entry : platform.processes()) {
			entry.process().ifPresent((process) -> figures.put(entry.instance(), figure.applyAsDouble(process)));
		}
		return new Figures(figures);
	}

	/** Of an even number of values the mean of the two in the middle. */
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
