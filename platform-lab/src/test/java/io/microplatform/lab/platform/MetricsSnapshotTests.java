package io.microplatform.lab.platform;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MetricsSnapshotTests {

	private static final String CACHE = "cache_gets_total";

	@Test
	void countSumsAllSeriesWithTheLabels() {
		MetricsSnapshot metrics = new MetricsSnapshot("""
				# HELP cache_gets_total
				# TYPE cache_gets_total counter
				cache_gets_total{application="order-service",cache="orders",result="hit"} 4.0
				cache_gets_total{result="hit",cache="orders",zone="b"} 1.0E1
				cache_gets_total{cache="orders",result="miss"} 100.0
				cache_gets_total{cache="users",result="hit"} 1000.0
				""");
		assertThat(metrics.count(CACHE, "cache=\"orders\"", "result=\"hit\"")).isEqualTo(14);
	}

	@Test
	void countAcceptsBracesInLabelsAndPrefixesOfLabels() {
		MetricsSnapshot metrics = new MetricsSnapshot("""
				requests_count{status="200",uri="/orders/{id}"} 2
				requests_count{status="200",uri="/orders"} 1
				requests_count{status="200",uri="/actuator/prometheus"} 7
				""");
		assertThat(metrics.count("requests_count", "uri=\"/orders")).isEqualTo(3);
	}

	@Test
	void countIsZeroWithoutSeries() {
		assertThat(new MetricsSnapshot("").count(CACHE)).isZero();
	}

}
