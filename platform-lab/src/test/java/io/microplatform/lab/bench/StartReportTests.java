package io.microplatform.lab.bench;

import java.util.List;
import java.util.Map;

import io.microplatform.lab.bench.StartBench.Start;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class StartReportTests {

	private final StartReport report = new StartReport(start(30, 31, 9),
			List.of(start(12, 14, 4), start(10, 11, 3), start(11, 12, 5)));

	@Test
	void showsTheFirstStartAndTheMedianOfTheOthers() {
		assertThat(rows()).contains("until up says ready 30.0 11.0", "until the first order is CONFIRMED 31.0 12.0",
				"order-service-1 9.0 4.0", "redis 0.1 0.1", "together 9.1 4.1");
	}

	@Test
	void endsWithTheFiguresAsJson() {
		JsonNode json = JsonMapper.shared().readTree(this.report.toString().lines().toList().getLast());
		assertThat(json.path("first").path("confirmedSeconds").asDouble()).isEqualTo(31);
		assertThat(json.path("daily")).hasSize(3);
		assertThat(json.path("daily").path(1).path("cpuSeconds").path("order-service-1").asDouble()).isEqualTo(3);
	}

	private List<String> rows() {
		return this.report.toString().lines().map((line) -> line.replaceAll(" +", " ").strip()).toList();
	}

	private static Start start(double ready, double confirmed, double cpu) {
		return new Start(ready, confirmed, new ProcessFigures(Map.of("order-service-1", cpu, "redis", 0.1)));
	}

}
