package io.microplatform.lab.bench;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class GatewayReportTests {

	private final GatewayReport report = new GatewayReport(List.of(round(8000), round(10000), round(9000)), 0.998);

	@Test
	void showsTheMedianOfTheRoundsAndTheShareOfTheRequestsWithoutMetrics() {
		assertThat(this.report.toString().lines().map((line) -> line.replaceAll(" +", " ").strip())).contains(
				"32 CONNECTIONS REQUESTS/S P99 MS RELATIVE", "gateway without metrics 9000 9.00 100.0 %",
				"gateway with metrics, not scraped 8100 8.10 90.0 %", "gateway with metrics, scraped 7200 7.20 80.0 %",
				"gateway with rate limits 6300 6.30 70.0 %", "gateway that samples all traces 4500 4.50 50.0 %",
				"nginx as the proxy 18000 18.00 200.0 %", "no proxy 36000 36.00 400.0 %");
	}

	@Test
	void showsWhetherTheRateLimitsUsedRedis() {
		assertThat(this.report.toString()).contains("With rate limits, 99.8 % of the requests were counted in Redis.");
	}

	@Test
	void endsWithTheFiguresOfEachRoundAsJson() {
		JsonNode json = JsonMapper.shared().readTree(this.report.toString().lines().toList().getLast());
		assertThat(json.path("benchmark").stringValue("")).isEqualTo("gateway");
		assertThat(json.path("countedInRedis").asDouble()).isEqualTo(0.998);
		assertThat(json.path("rounds")).hasSize(3);
		JsonNode scraped = json.path("rounds").path(1).path("metricsScraped");
		assertThat(scraped.path("requestsPerSecond").asDouble()).isEqualTo(8000);
		assertThat(scraped.path("p99Millis").asDouble()).isEqualTo(8);
	}

	private static Map<GatewayCondition, WrkResult> round(double requests) {
		Map<GatewayCondition, WrkResult> results = new EnumMap<>(GatewayCondition.class);
		results.put(GatewayCondition.WITHOUT_METRICS, result(requests));
		results.put(GatewayCondition.NOT_SCRAPED, result(requests * 9 / 10));
		results.put(GatewayCondition.SCRAPED, result(requests * 8 / 10));
		results.put(GatewayCondition.RATE_LIMITS, result(requests * 7 / 10));
		results.put(GatewayCondition.SAMPLING_NONE, result(requests * 7 / 10));
		results.put(GatewayCondition.SAMPLING_TENTH, result(requests * 6 / 10));
		results.put(GatewayCondition.SAMPLING_ALL, result(requests * 5 / 10));
		results.put(GatewayCondition.NGINX, result(requests * 2));
		results.put(GatewayCondition.STUB, result(requests * 4));
		return results;
	}

	private static WrkResult result(double requests) {
		return new WrkResult(requests, requests / 1000);
	}

}
