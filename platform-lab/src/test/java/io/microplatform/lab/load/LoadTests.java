package io.microplatform.lab.load;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;

import io.microplatform.lab.client.PlatformClient;
import io.microplatform.local.process.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class LoadTests {

	private static final LoadCall OK = new LoadCall("ok", () -> Replies.of(200));

	private static final Duration A_TENTH = Duration.ofMillis(100);

	@Test
	void sendsEveryCallThatIsDue() {
		LoadReport report = Load.start(() -> OK, 200, A_TENTH).await();
		assertThat(report.kinds()).isEqualTo(Map.of("200", 20L));
	}

	@Test
	void callsAreDueAtAConstantRate() {
		List<Instant> due = Load.start(() -> OK, 200, A_TENTH)
			.await()
			.results()
			.stream()
			.map(CallResult::due)
			.sorted(Comparator.naturalOrder())
			.toList();
		for (int i = 1; i < due.size(); i++) {
			assertThat(Duration.between(due.get(i - 1), due.get(i))).isEqualTo(Duration.ofMillis(5));
		}
	}

	@Test
	void callsDoNotWaitForEachOther() {
		CyclicBarrier barrier = new CyclicBarrier(20);
		LoadCall call = new LoadCall("concurrent", () -> {
			try {
				barrier.await();
				return Replies.of(200);
			}
			catch (InterruptedException | BrokenBarrierException ex) {
				throw new IllegalStateException(ex);
			}
		});
		assertThat(Load.start(() -> call, 200, A_TENTH).await().kinds()).containsOnlyKeys("200");
	}

	@Test
	void latencyIncludesADelayInSending() {
		AtomicInteger calls = new AtomicInteger();
		Instant begin = Instant.now();
		LoadReport report = Load.start(() -> {
			if (calls.getAndIncrement() == 0) {
				await().until(() -> Instant.now().isAfter(begin.plus(A_TENTH.multipliedBy(2))));
			}
			return OK;
		}, 200, A_TENTH).await();
		assertThat(report.results()).hasSize(20)
			.allSatisfy((result) -> assertThat(result.latency())
				.isGreaterThanOrEqualTo(Duration.between(result.due(), begin.plus(A_TENTH.multipliedBy(2)))));
	}

	@Test
	void endsWhenStopped() {
		CountDownLatch sent = new CountDownLatch(3);
		LoadCall call = new LoadCall("counted", () -> {
			sent.countDown();
			return Replies.of(200);
		});
		try (Load load = Load.start(() -> call, 100, Duration.ofDays(1))) {
			await().until(() -> sent.getCount() == 0);
			assertThat(load.stop().results()).hasSizeGreaterThanOrEqualTo(3);
		}
	}

	@Test
	void stopDoesNotWaitForTheNextCall() {
		CountDownLatch sent = new CountDownLatch(1);
		LoadCall call = new LoadCall("counted", () -> {
			sent.countDown();
			return Replies.of(200);
		});
		try (Load load = Load.start(() -> call, 1.0 / Duration.ofDays(1).toSeconds(), Duration.ofDays(2))) {
			await().until(() -> sent.getCount() == 0);
			assertThat(load.stop().results()).hasSize(1);
		}
	}

	@Test
	void recordsTheResultOfEveryCall() {
		PlatformClient client = PlatformClient.of(URI.create("http://127.0.0.1:" + Ports.free(1).getFirst()));
		List<LoadCall> calls = List.of(OK, new LoadCall("refused", () -> Replies.of(503, "{\"detail\":\"Later.\"}")),
				new LoadCall("wrong", () -> Replies.of(200).expect("a body", false)), new LoadCall("lost", client::me),
				new LoadCall("broken", () -> {
					throw new IllegalStateException("broken");
				}));
		AtomicInteger next = new AtomicInteger();
		LoadReport report = Load.start(() -> calls.get(next.getAndIncrement()), 50, A_TENTH).await();
		assertThat(report.kinds()).containsOnlyKeys("200", "503", CallResult.WRONG, "ConnectException",
				"IllegalStateException");
		assertThat(report.toString()).contains("503 Later.", "expected a body");
	}

	@Test
	void failsWhenTheWorkloadFails() {
		Load load = Load.start(() -> {
			throw new IllegalStateException("nothing to call");
		}, 1, Duration.ofDays(1));
		assertThatException().isThrownBy(load::await).withRootCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void rejectsANonPositiveRateAndANegativeDuration() {
		assertThatIllegalArgumentException().isThrownBy(() -> Load.start(() -> OK, 0, A_TENTH));
		assertThatIllegalArgumentException().isThrownBy(() -> Load.start(() -> OK, 1, A_TENTH.negated()));
	}

}
