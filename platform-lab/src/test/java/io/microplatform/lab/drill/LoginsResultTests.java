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

class LoginsResultTests {

	private static final String READ = "list orders";

	private static final Duration FAST = Duration.ofMillis(5);

	private static final List<CallResult> READS = times(100, READ, "200", FAST);

	private static final List<CallResult> LOGINS = times(50, LoginsResult.LOGIN, "200", Duration.ofMillis(800));

	@Test
	void refusedLoginsAndSlowLoginsAreNoViolation() {
		LoginsResult result = result(READS, during(READS, LOGINS, times(7, LoginsResult.LOGIN, "503", FAST)), READS);
		assertThat(result.reads().results()).hasSize(100);
		assertThat(result.accepted().results()).hasSize(50);
		assertThat(result.refused().results()).hasSize(7);
		assertThat(result.factor()).isEqualTo(1);
		assertThat(result.violations()).isEmpty();
		assertThat(result.toString()).contains("100, p95 5.0 ms, 1.0 times as long", "50, p50 800 ms, max 800 ms");
	}

	@Test
	void readsMayTakeThreeTimesAsLong() {
		List<CallResult> slower = times(100, READ, "200", FAST.multipliedBy(3));
		assertThat(result(READS, during(slower, LOGINS), READS).violations()).isEmpty();
	}

	@Test
	void readsThatTakeLongerAreAViolation() {
		// More than 5 % of the reads, so that they determine the 95th percentile.
		List<CallResult> slow = times(6, READ, "200", FAST.multipliedBy(4));
		assertThat(result(READS, during(READS.subList(0, 94), slow, LOGINS), READS).violations()).singleElement()
			.asString()
			.isEqualTo("p95 of the reads with logins is 20.0 ms, above 3 × 5.0 ms");
	}

	@Test
	void aFailedReadIsAViolation() {
		List<CallResult> failed = times(1, READ, "503", FAST);
		assertThat(result(READS, during(READS, failed, LOGINS), READS).violations())
			.containsExactly("1 of 101 reads during the logins failed: {503=1}");
		assertThat(result(failed, during(READS, LOGINS), READS).violations())
			.containsExactly("1 of 1 reads before the logins failed: {503=1}");
	}

	@Test
	void aLoginThatFailsOtherwiseIsAViolation() {
		List<CallResult> failed = new ArrayList<>(times(1, LoginsResult.LOGIN, "504", FAST));
		failed.addAll(times(1, LoginsResult.LOGIN, CallResult.WRONG, FAST));
		assertThat(result(READS, during(READS, LOGINS, failed), READS).violations())
			.containsExactly("2 of 52 accepted logins failed: {504=1, wrong=1}");
	}

	@Test
	void refusingEveryLoginIsAViolation() {
		assertThat(result(READS, during(READS, times(7, LoginsResult.LOGIN, "503", FAST)), READS).violations())
			.containsExactly("no accepted logins");
	}

	@Test
	void anyFailureOfParallelClientsIsAViolation() {
		assertThat(result(READS, during(READS, LOGINS), times(2, READ, "429", FAST)).violations())
			.containsExactly("2 of 2 calls of parallel clients failed: {429=2}");
		assertThat(result(READS, during(READS, LOGINS), List.of()).violations())
			.containsExactly("no calls of parallel clients");
	}

	private static LoginsResult result(List<CallResult> before, List<CallResult> during, List<CallResult> parallel) {
		return new LoginsResult(new LoadReport(before), new LoadReport(during), new LoadReport(parallel));
	}

	@SafeVarargs
	private static List<CallResult> during(List<CallResult>... parts) {
		List<CallResult> all = new ArrayList<>();
		for (List<CallResult> part : parts) {
			all.addAll(part);
		}
		return all;
	}

	private static List<CallResult> times(int count, String call, String kind, Duration latency) {
		CallResult result = new CallResult(call, kind, Instant.EPOCH, latency, kind.startsWith("2") ? null : kind);
		return Collections.nCopies(count, result);
	}

}
