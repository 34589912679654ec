package io.microplatform.lab.load;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class ClosedLoadTests {

	private static final Duration A_TENTH = Duration.ofMillis(100);

	@Test
	void eachClientMakesOneCallAfterTheOther() {
		AtomicInteger inProgress = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		LoadCall call = new LoadCall("counted", () -> {
			most.accumulateAndGet(inProgress.incrementAndGet(), Math::max);
			inProgress.decrementAndGet();
			return Replies.of(200);
		});
		LoadReport report = ClosedLoad.run(() -> call, 3, A_TENTH);
		assertThat(report.results()).hasSizeGreaterThan(3);
		assertThat(most).hasValueBetween(1, 3);
	}

	@Test
	void clientsDoNotWaitForEachOther() {
		CyclicBarrier barrier = new CyclicBarrier(2);
		LoadCall call = new LoadCall("concurrent", () -> {
			try {
				barrier.await(1, TimeUnit.SECONDS);
				return Replies.of(200);
			}
			catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
				throw new IllegalStateException(ex);
			}
		});
		assertThat(ClosedLoad.run(() -> call, 2, A_TENTH).kinds()).containsOnlyKeys("200");
	}

	@Test
	void callsThatAreInProgressAtTheEndDoNotCount() {
		long begin = System.nanoTime();
		LoadCall call = new LoadCall("slow", () -> {
			await().until(() -> System.nanoTime() - begin > A_TENTH.multipliedBy(2).toNanos());
			return Replies.of(200);
		});
		assertThat(ClosedLoad.run(() -> call, 1, A_TENTH).results()).isEmpty();
	}

	@Test
	void a503WithoutRetryAfterIsWrongIfItIsRequired() {
		LoadCall refused = new LoadCall("refused", () -> Replies.of(503)).requireRetryAfter();
		assertThat(ClosedLoad.run(() -> refused, 1, A_TENTH).kinds()).containsOnlyKeys(CallResult.WRONG);
		LoadCall refusedForNow = new LoadCall("refused", () -> Replies.of(503, Map.of("Retry-After", "1")))
			.requireRetryAfter();
		assertThat(ClosedLoad.run(() -> refusedForNow, 1, A_TENTH).kinds()).containsOnlyKeys("503");
	}

	@Test
	void rejectsNoClientsAndANegativeDuration() {
		LoadCall call = new LoadCall("never", () -> Replies.of(200));
		assertThatIllegalArgumentException().isThrownBy(() -> ClosedLoad.run(() -> call, 0, A_TENTH));
		assertThatIllegalArgumentException().isThrownBy(() -> ClosedLoad.run(() -> call, 1, A_TENTH.negated()));
	}

}
