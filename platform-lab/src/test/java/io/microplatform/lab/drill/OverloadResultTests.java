package io.microplatform.lab.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.microplatform.lab.load.CallResult;
import io.microplatform.lab.load.LoadReport;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OverloadResultTests {

	private static final Duration TIME = Duration.ofSeconds(10);

	private static final Duration FAST = Duration.ofMillis(50);

	private static final LoadReport NORMAL = new LoadReport(times(20, "200", FAST));

	@Test
	void refusingWhatExceedsTheMaximumIsNoViolation() {
		OverloadResult result = result(times(800, "200", FAST), times(1200, "503", FAST));
		assertThat(result.goodput()).isEqualTo(80);
		assertThat(result.share()).isEqualTo(0.8);
		assertThat(result.refused().results()).hasSize(1200);
		assertThat(result.failed().results()).isEmpty();
		assertThat(result.violations()).isEmpty();
		assertThat(result.toString()).contains("80 calls/s, 80 % of the maximum", "800, p99 50 ms", "1200");
	}

	@Test
	void goodputBelowThreeFifthsOfTheMaximumIsAViolation() {
		assertThat(result(times(500, "200", FAST), times(1500, "503", FAST)).violations()).singleElement()
			.asString()
			.startsWith("goodput is 50 %");
	}

	@Test
	void slowAcceptedCallsAreAViolation() {
		assertThat(result(times(800, "201", FAST), times(20, "200", Duration.ofSeconds(2))).violations())
			.singleElement()
			.asString()
			.startsWith("p99 of the accepted calls");
	}

	@Test
	void anyOtherFailureIsAViolation() {
		assertThat(
				result(times(800, "200", FAST), times(1, "504", FAST), times(1, CallResult.WRONG, FAST)).violations())
			.singleElement()
			.asString()
			.contains("2 calls", "504=1", "wrong=1");
	}

	@Test
	void slowCallsAndFailuresAfterwardsAreAViolation() {
		for (LoadReport after : List.of(new LoadReport(times(20, "200", Duration.ofMillis(300))),
				new LoadReport(times(20, "503", FAST)))) {
			OverloadResult result = new OverloadResult(100, 200, TIME, new LoadReport(times(800, "200", FAST)), 0.1,
					after);
			assertThat(result.violations()).singleElement().asString().startsWith("not normal after the overload");
		}
	}

	@SafeVarargs
	private static OverloadResult result(List<CallResult>... parts) {
		List<CallResult> all = new ArrayList<>();
		for (List<CallResult> part : parts) {
			all.addAll(part);
		}
		return new OverloadResult(100, 200, TIME, new LoadReport(all), 0.1, NORMAL);
	}

	private static List<CallResult> times(int count, String kind, Duration latency) {
		CallResult result = new CallResult("call", kind, Instant.EPOCH, latency, kind.startsWith("2") ? null : kind);
		return Collections.nCopies(count, result);
	}

}
