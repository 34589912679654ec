package io.microplatform.acceptance.load;

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

import io.microplatform.acceptance.client.PlatformClient;
import io.microplatform.local.process.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class LoadTests {

	private static final Call OK = new Call("ok", () -> Replies.of(200));

	private static final Duration A_TENTH = Duration.ofMillis(100);

	@Test
	void sendsAsManyCallsAsAreDue() {
		LoadReport report = Load.start(() -> OK, 200, A_TENTH).await();
		assertThat(report.kinds()).isEqualTo(Map.of("200", 20L));
	}

	@Test
	void callsAreDueAtAConstantRate() {
		List<Instant> due = Load.start(() -> OK, 200, A_TENTH)
			.await()
			.answers()
			.stream()
			.map(Answer::due)
			.sorted(Comparator.naturalOrder())
			.toList();
		for (int i = 1; i < due.size(); i++) {
			assertThat(Duration.between(due.get(i - 1), due.get(i))).isEqualTo(Duration.ofMillis(5));
		}
	}

	@Test
	void noCallWaitsForTheAnswerToAnother() {
		CyclicBarrier allAreThere = new CyclicBarrier(20);
		Call meeting = new Call("meeting", () -> {
			try {
				allAreThere.await();
				return Replies.of(200);
			}
			catch (InterruptedException | BrokenBarrierException ex) {
				throw new IllegalStateException(ex);
			}
		});
		assertThat(Load.start(() -> meeting, 200, A_TENTH).await().kinds()).containsOnlyKeys("200");
	}

	@Test
	void whatCouldNotBeSentInTimeHasWaitedSinceItWasDue() {
		AtomicInteger calls = new AtomicInteger();
		Instant begin = Instant.now();
		LoadReport report = Load.start(() -> {
			if (calls.getAndIncrement() == 0) {
				await().until(() -> Instant.now().isAfter(begin.plus(A_TENTH.multipliedBy(2))));
			}
			return OK;
		}, 200, A_TENTH).await();
		assertThat(report.answers()).hasSize(20)
			.allSatisfy((answer) -> assertThat(answer.latency())
				.isGreaterThanOrEqualTo(Duration.between(answer.due(), begin.plus(A_TENTH.multipliedBy(2)))));
	}

	@Test
	void endsWhenItIsToldTo() {
		CountDownLatch sent = new CountDownLatch(3);
		Call call = new Call("counted", () -> {
			sent.countDown();
			return Replies.of(200);
		});
		try (Load load = Load.start(() -> call, 100, Duration.ofDays(1))) {
			await().until(() -> sent.getCount() == 0);
			assertThat(load.stop().answers()).hasSizeGreaterThanOrEqualTo(3);
		}
	}

	@Test
	void doesNotWaitForTheNextCallToEnd() {
		CountDownLatch sent = new CountDownLatch(1);
		Call call = new Call("counted", () -> {
			sent.countDown();
			return Replies.of(200);
		});
		try (Load load = Load.start(() -> call, 1.0 / Duration.ofDays(1).toSeconds(), Duration.ofDays(2))) {
			await().until(() -> sent.getCount() == 0);
			assertThat(load.stop().answers()).hasSize(1);
		}
	}

	@Test
	void keepsWhatCameOfEveryCall() {
		PlatformClient nobody = PlatformClient.of(URI.create("http://127.0.0.1:" + Ports.free(1).getFirst()));
		List<Call> calls = List.of(OK, new Call("refused", () -> Replies.of(503, "{\"detail\":\"Later.\"}")),
				new Call("wrong", () -> Replies.of(200).expect("a body", false)), new Call("lost", nobody::me),
				new Call("broken", () -> {
					throw new IllegalStateException("broken");
				}));
		AtomicInteger next = new AtomicInteger();
		LoadReport report = Load.start(() -> calls.get(next.getAndIncrement()), 50, A_TENTH).await();
		assertThat(report.kinds()).containsOnlyKeys("200", "503", Answer.WRONG, "ConnectException",
				"IllegalStateException");
		assertThat(report.toString()).contains("503 Later.", "expected a body");
	}

	@Test
	void doesNotHideThatTheWorkloadFailed() {
		Load load = Load.start(() -> {
			throw new IllegalStateException("nothing to call");
		}, 1, Duration.ofDays(1));
		assertThatException().isThrownBy(load::await).withRootCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void isNotEmptyByMistake() {
		assertThatIllegalArgumentException().isThrownBy(() -> Load.start(() -> OK, 0, A_TENTH));
		assertThatIllegalArgumentException().isThrownBy(() -> Load.start(() -> OK, 1, A_TENTH.negated()));
	}

}
