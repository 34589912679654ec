package io.microplatform.lab.bench;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class GatewayReportTests {

	private final GatewayReport report = new GatewayReport(List.of(round(8000), round(10000), round(9000)));

	@Test
	void showsTheMedianOfTheRoundsAndTheShareOfTheRequestsWithoutMetrics() {
		assertThat(this.report.toString().lines().map((line) -> line.replaceAll(" +", " ").strip())).contains(
				"32 CONNECTIONS REQUESTS/S P99 MS RELATIVE", "gateway without metrics 9000 9.00 100.0 %",
				"gateway with metrics, not scraped 8100 8.10 90.0 %", "gateway with metrics, scraped 7200 7.20 80.0 %",
				"nginx as the proxy 18000 18.00 200.0 %", "no proxy 36000 36.00 400.0 %");
	}

	@Test
	void endsWithTheFiguresOfEachRoundAsJson() {
		JsonNode json = JsonMapper.shared().readTree(this.report.toString().lines().toList().getLast());
		assertThat(json.path("benchmark").stringValue("")).isEqualTo("gateway");
		assertThat(json.path("rounds")).hasSize(3);
		JsonNode scraped = json.path("rounds").path(1).path("metricsScraped");
		assertThat(scraped.path("requestsPerSecond").asDouble()).isEqualTo(8000);
		assertThat(scraped.path("p99Millis").asDouble()).isEqualTo(8);
	}

	private static Map<GatewayCondition, WrkResult> round(double requests) {
		return Map.of(GatewayCondition.WITHOUT_METRICS, result(requests), GatewayCondition.NOT_SCRAPED,
				result(requests * 9 / 10), GatewayCondition.SCRAPED, result(requests * 8 / 10), GatewayCondition.NGINX,
				result(requests * 2), GatewayCondition.STUB, result(requests * 4));
	}

	private static WrkResult result(double requests) {
		return new WrkResult(requests, requests / 1000);
	}

}
