package io.microplatform.user.account;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.starter.problem.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class HashingBulkheadTests {

	private static final int MORE = 10;

	private final int places = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final Semaphore end = new Semaphore(0);

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger waited = new AtomicInteger();

	@AfterEach
	void close() {
		this.end.release(Integer.MAX_VALUE / 2);
		this.threads.close();
	}

	@Test
	void leavesHalfOfTheProcessors() throws Exception {
		HashingBulkhead bulkhead = bulkhead(Duration.ofSeconds(10));
		List<Future<Integer>> results = start(bulkhead, this.places + MORE);
		await().until(() -> waiting() == MORE && this.running.get() == this.places);
		assertThat(this.waited).hasValue(this.places + MORE);
		this.end.release();
		await().until(() -> waiting() == MORE - 1 && this.running.get() == this.places);
		this.end.release(this.places + MORE);
		for (Future<Integer> result : results) {
			assertThat(result.get()).isOne();
		}
		assertThat(waiting()).isZero();
	}

	@Test
	void saysWhenToTryAgainIfItsTurnDoesNotCome() {
		HashingBulkhead bulkhead = bulkhead(Duration.ofMillis(50));
		start(bulkhead, this.places);
		await().until(() -> this.running.get() == this.places);
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> bulkhead.execute(() -> 1))
			.satisfies((ex) -> {
				assertThat(ex.getStatusCode().value()).isEqualTo(503);
				assertThat(ex.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
			});
		assertThat(waiting()).isZero();
	}

	@Test
	void aFailureGivesItsPlaceBack() {
		HashingBulkhead bulkhead = bulkhead(Duration.ZERO);
		for (int i = 0; i < 2 * this.places; i++) {
			assertThatIllegalStateException().isThrownBy(() -> bulkhead.execute(() -> {
				throw new IllegalStateException();
			}));
		}
		assertThat(bulkhead.execute(() -> 1)).isOne();
	}

	private HashingBulkhead bulkhead(Duration wait) {
		return new HashingBulkhead(BulkheadRegistry.ofDefaults(), new Refreshable<>(new HashingProperties(wait)),
				(waiting) -> {
					this.waited.incrementAndGet();
					waiting.run();
				}, this.meters);
	}

	private List<Future<Integer>> start(HashingBulkhead bulkhead, int count) {
		return IntStream.range(0, count).mapToObj((i) -> this.threads.submit(() -> run(bulkhead))).toList();
	}

	private int run(HashingBulkhead bulkhead) {
		return bulkhead.execute(this::hash);
	}

	private int hash() {
		this.running.incrementAndGet();
		this.end.acquireUninterruptibly();
		this.running.decrementAndGet();
		return 1;
	}

	private double waiting() {
		return this.meters.get("password.hashing.waiting").gauge().value();
	}

}
