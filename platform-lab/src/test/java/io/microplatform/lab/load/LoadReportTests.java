package io.microplatform.lab.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LoadReportTests {

	private static final Instant BEGIN = Instant.EPOCH;

	/** One call per second, the n-th of which took n milliseconds. */
	private final LoadReport report = new LoadReport(IntStream.rangeClosed(1, 100)
		.mapToObj((number) -> new CallResult((number % 2 == 0) ? "read" : "write", (number > 90) ? "503" : "200",
				BEGIN.plusSeconds(number), Duration.ofMillis(number), (number > 90) ? "refused " + number : null))
		.toList());

	@Test
	void countsResultsByKind() {
		assertThat(this.report.kinds()).isEqualTo(Map.of("200", 90L, "503", 10L));
	}

	@Test
	void computesPercentiles() {
		Latencies latencies = this.report.latencies();
		assertThat(latencies.p50().toMillis()).isCloseTo(50, within(1L));
		assertThat(latencies.p95().toMillis()).isCloseTo(95, within(1L));
		assertThat(latencies.p99().toMillis()).isCloseTo(99, within(1L));
		assertThat(latencies.max().toMillis()).isCloseTo(100, within(1L));
	}

	@Test
	void selectsAPart() {
		LoadReport outage = this.report.of((result) -> result.due().isAfter(BEGIN.plusSeconds(90)));
		assertThat(outage.kinds()).isEqualTo(Map.of("503", 10L));
		assertThat(outage.latencies().p50()).isGreaterThan(Duration.ofMillis(90));
	}

	@Test
	void printsATableAndTheFirstFailureOfEachKind() {
		assertThat(this.report.toString().lines()).hasSize(6)
			.anySatisfy((line) -> assertThat(line).matches("read +50 +50 +100 +100 +\\{200=45, 503=5}"))
			.anySatisfy((line) -> assertThat(line).matches("all +100 +50 +99 +100 +\\{200=90, 503=10}"))
			.anySatisfy((line) -> assertThat(line).startsWith("first 503, read").endsWith("refused 92"));
	}

	@Test
	void acceptsNoResults() {
		LoadReport empty = new LoadReport(List.of());
		assertThat(empty.kinds()).isEmpty();
		assertThat(empty.latencies().max()).isZero();
	}

}
