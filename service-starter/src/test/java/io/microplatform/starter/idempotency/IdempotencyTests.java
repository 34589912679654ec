package io.microplatform.starter.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.microplatform.starter.background.ExpiredRows;
import io.microplatform.starter.problem.ProblemException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class IdempotencyTests {

	private static volatile Instant now = Instant.parse("2026-11-26T12:00:00Z");

	private static final InstantSource time = () -> now;

	private static final Clock clock = time.withZone(ZoneOffset.UTC);

	private static final Instance instance = new Instance(clock, Duration.ofSeconds(20));

	private static final Instance other = new Instance(clock, Duration.ofSeconds(20));

	private static final Instance hasty = new Instance(clock, Duration.ofMillis(100));

	private final KeyedRequest request = new KeyedRequest(7, "POST /effects", UUID.randomUUID().toString(), "f");

	@AfterAll
	static void close() {
		instance.close();
		other.close();
		hasty.close();
	}

	@Nested
	class ARepeat {

		@Test
		void getsTheSameAnswerWithoutAnotherEffect() {
			double repeats = other.requests("repeat");
			Answer first = handle(instance);
			assertThat(handle(instance)).isEqualTo(first);
			assertThat(handle(other)).isEqualTo(first);
			assertThat(effects()).isEqualTo(1);
			assertThat(other.requests("repeat") - repeats).isEqualTo(1);
		}

		@Test
		void getsTheSameAnswerFromAnInstanceThatStartedLater() {
			Answer first = handle(instance);
			try (Instance later = new Instance(clock, Duration.ZERO)) {
				assertThat(handle(later)).isEqualTo(first);
			}
		}

		@Test
		void isNoneWhenItIsAnotherRequest() {
			Answer first = handle(instance);
			KeyedRequest another = with("g");
			double mismatches = instance.requests("mismatch");
			assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> instance.handle(another))
				.satisfies((problem) -> assertThat(problem.getStatusCode().value()).isEqualTo(422));
			assertThat(instance.requests("mismatch") - mismatches).isEqualTo(1);
			assertThat(handle(instance)).isEqualTo(first);
			assertThat(effects()).isEqualTo(1);
		}

		@Test
		void isNoneWhenItComesFromSomebodyElseOrForAnotherRoute() {
			KeyedRequest request = IdempotencyTests.this.request;
			Answer first = handle(instance);
			assertThat(instance.handle(new KeyedRequest(8, request.route(), request.key(), "f"))).isNotEqualTo(first);
			assertThat(instance.handle(new KeyedRequest(7, "POST /others", request.key(), "f"))).isNotEqualTo(first);
			assertThat(effects()).isEqualTo(3);
		}

		@Test
		void isTheFirstWhenWhatCameBeforeFailed() {
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> instance.handle(IdempotencyTests.this.request, () -> {
					instance.effect(IdempotencyTests.this.request);
					throw new IllegalStateException("after the effect");
				}, null));
			assertThat(effects()).isZero();
			Answer answer = instance.handle(with("another body than what failed"));
			assertThat(instance.handle(with("another body than what failed"))).isEqualTo(answer);
			assertThat(effects()).isEqualTo(1);
		}

	}

	@Nested
	class Twins {

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch mayEnd = new CountDownLatch(1);

		@Test
		void haveOneEffectAndOneAnswer() throws Exception {
			List<Callable<Answer>> twins = new ArrayList<>();
			for (int i = 0; i < 25; i++) {
				twins.add(() -> handle(instance));
				twins.add(() -> handle(other));
			}
			assertThat(answers(twins)).hasSize(50).containsOnly(handle(instance));
			assertThat(effects()).isEqualTo(1);
		}

		@Test
		void waitForTheAnswerOfTheFirst() throws Exception {
			try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
				Future<Answer> first = threads.submit(this::handleSlowly);
				this.begun.await();
				Future<Answer> twin = threads.submit(() -> handle(other));
				this.mayEnd.countDown();
				assertThat(twin.get()).isEqualTo(first.get());
			}
			assertThat(effects()).isEqualTo(1);
		}

		@Test
		void areToldToComeBackWhenItTakesTooLong() throws Exception {
			double conflicts = hasty.requests("conflict");
			try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
				Future<Answer> first = threads.submit(this::handleSlowly);
				this.begun.await();
				assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> handle(hasty))
					.satisfies((problem) -> assertThat(problem.getStatusCode().value()).isEqualTo(409))
					.satisfies((problem) -> assertThat(problem.getHeaders().getFirst(HttpHeaders.RETRY_AFTER))
						.isEqualTo("1"));
				this.mayEnd.countDown();
				assertThat(handle(hasty)).isEqualTo(first.get());
			}
			assertThat(hasty.requests("conflict") - conflicts).isEqualTo(1);
			assertThat(effects()).isEqualTo(1);
		}

		@Test
		void takeOverWhenTheFirstFails() throws Exception {
			try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
				Future<Answer> first = threads
					.submit(() -> instance.handle(IdempotencyTests.this.request, slowly(() -> {
						throw new IllegalStateException("failed");
					}), null));
				this.begun.await();
				Future<Answer> twin = threads.submit(() -> handle(other));
				this.mayEnd.countDown();
				assertThat(twin.get()).isEqualTo(handle(instance));
				assertThat(first).failsWithin(Duration.ofSeconds(10));
			}
			assertThat(effects()).isEqualTo(1);
		}

		/** To the database a process that was stopped is a transaction that idles. */
		@Test
		void takeOverWhenTheFirstIsStopped() throws Exception {
			KeyedRequest request = IdempotencyTests.this.request;
			try (Instance still = new Instance(clock, Duration.ZERO, Duration.ofMillis(300));
					ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
				Future<Answer> stopped = threads
					.submit(() -> still.handle(request, slowly(() -> still.effect(request)), null));
				this.begun.await();
				Answer answer = handle(other);
				this.mayEnd.countDown();
				assertThat(stopped).failsWithin(Duration.ofSeconds(10));
				assertThat(handle(instance)).isEqualTo(answer);
			}
			assertThat(effects()).isEqualTo(1);
		}

		@Test
		void holdNoConnectionsWhileTheyWait() throws Exception {
			KeyedRequest unrelated = new KeyedRequest(7, "POST /effects", UUID.randomUUID().toString(), "f");
			try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
				Future<Answer> first = threads.submit(this::handleSlowly);
				this.begun.await();
				List<Future<Answer>> twins = new ArrayList<>();
				for (int i = 0; i < 10 * Instance.CONNECTIONS; i++) {
					twins.add(threads.submit(() -> handle(instance)));
				}
				for (int i = 0; i < 20; i++) {
					instance.handle(unrelated);
				}
				assertThat(twins).noneMatch(Future::isDone);
				this.mayEnd.countDown();
				for (Future<Answer> twin : twins) {
					assertThat(twin.get()).isEqualTo(first.get());
				}
			}
		}

		private Answer handleSlowly() {
			KeyedRequest request = IdempotencyTests.this.request;
			return instance.handle(request, slowly(() -> instance.effect(request)), null);
		}

		/** The key is taken, the effect is there, and nothing is committed. */
		private Supplier<Answer> slowly(Supplier<Answer> effect) {
			return () -> {
				try {
					return effect.get();
				}
				finally {
					this.begun.countDown();
					awaitPermission();
				}
			};
		}

		private void awaitPermission() {
			try {
				assertThat(this.mayEnd.await(30, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	@Nested
	class AnAnswerThatIsCompletedLater {

		@Test
		void isGivenByEveryRepeatAsItWasGivenFirst() {
			Answer complete = Instance.answer("complete");
			assertThat(handle(instance, (answer) -> complete)).isEqualTo(complete);
			assertThat(handle(other)).isEqualTo(complete);
			assertThat(handle(other, (answer) -> Instance.answer("something else"))).isEqualTo(complete);
			assertThat(effects()).isEqualTo(1);
		}

		@Test
		void isCompletedOutsideOfTheTransaction() {
			handle(instance, (answer) -> {
				assertThat(effects(other)).isEqualTo(1);
				return answer;
			});
		}

		@Test
		void isCompletedByARepeatWhenTheFirstDiedBeforeItAnswered() {
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> handle(instance, (answer) -> {
				throw new IllegalStateException("died");
			}));
			Answer complete = Instance.answer("complete");
			assertThat(handle(other, (answer) -> complete)).isEqualTo(complete);
			assertThat(handle(instance, UnaryOperator.identity())).isEqualTo(complete);
			assertThat(effects()).isEqualTo(1);
		}

		@Test
		void isWhatATwinHasGivenIfThatOneIsFaster() {
			List<Answer> twins = new ArrayList<>();
			Answer slow = handle(instance, (answer) -> {
				twins.add(handle(other));
				twins.add(handle(other, UnaryOperator.identity()));
				assertThat(twins).containsOnly(answer);
				return Instance.answer("too late");
			});
			assertThat(twins).containsOnly(slow);
			assertThat(handle(other, (answer) -> Instance.answer("too late"))).isEqualTo(slow);
		}

		@Test
		void isOneForManyTwinsEachOfWhichCompletesItInItsOwnWay() throws Exception {
			List<Callable<Answer>> twins = new ArrayList<>();
			for (int i = 0; i < 25; i++) {
				Answer complete = Instance.answer("complete " + i);
				twins.add(() -> handle(instance, (answer) -> complete));
				twins.add(() -> handle(other));
			}
			assertThat(answers(twins)).hasSize(50).containsOnly(handle(instance));
			assertThat(effects()).isEqualTo(1);
		}

	}

	@Nested
	class AKeyThatIsOld {

		private final KeyedRequest request = IdempotencyTests.this.request;

		@Test
		void isKnownUntilItExpires() {
			Answer first = handle(instance);
			pass(Instance.EXPIRY.minusSeconds(1));
			assertThat(handle(instance)).isEqualTo(first);
		}

		@Test
		void isKnownForLongerWhenTheClockJumpsBack() {
			Answer first = handle(instance);
			pass(Duration.ofHours(-1));
			assertThat(handle(instance)).isEqualTo(first);
			pass(Instance.EXPIRY);
			assertThat(handle(instance)).isEqualTo(first);
			assertThat(effects()).isEqualTo(1);
			pass(Duration.ofHours(1));
			handle(instance);
			assertThat(effects()).isEqualTo(2);
		}

		@Test
		void mayBeUsedAnewForWhateverRequest() {
			Answer first = handle(instance);
			pass(Instance.EXPIRY);
			Answer second = instance.handle(with("g"));
			assertThat(second).isNotEqualTo(first);
			assertThat(other.handle(with("g"))).isEqualTo(second);
			assertThat(effects()).isEqualTo(2);
		}

		@Test
		void isTakenAnewByOneOfMany() throws Exception {
			handle(instance);
			pass(Instance.EXPIRY);
			List<Callable<Answer>> twins = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				twins.add(() -> handle(instance));
				twins.add(() -> handle(other));
			}
			assertThat(answers(twins)).containsOnly(handle(instance));
			assertThat(effects()).isEqualTo(2);
		}

		@Test
		void isDeletedInBatches() {
			List<KeyedRequest> old = new ArrayList<>();
			// Two batches and a half.
			for (int i = 0; i < 25; i++) {
				old.add(new KeyedRequest(7, "POST /effects", this.request.key() + i, "f"));
			}
			old.forEach(instance::handle);
			pass(Instance.EXPIRY);
			Answer fresh = handle(instance);
			deleteExpired();
			assertThat(old).allSatisfy((request) -> assertThat(instance.rows(request)).isZero());
			assertThat(handle(instance)).isEqualTo(fresh);
		}

		@Test
		void isDeletedByTheInstanceItself() {
			handle(instance);
			pass(Instance.EXPIRY);
			ExpiredRows background = expiredKeys(Duration.ofMillis(1));
			background.start();
			try {
				await().until(() -> instance.rows(this.request) == 0);
			}
			finally {
				background.stop();
			}
			assertThat(background.isRunning()).isFalse();
		}

		private void deleteExpired() {
			expiredKeys(Duration.ofMinutes(1)).run();
		}

		private ExpiredRows expiredKeys(Duration interval) {
			IdempotencyProperties properties = new IdempotencyProperties(Instance.EXPIRY, Duration.ZERO, Instance.IDLE,
					interval, 10);
			return instance.expiredKeys(properties);
		}

		private static void pass(Duration duration) {
			now = now.plus(duration);
		}

	}

	private Answer handle(Instance at) {
		return at.handle(this.request);
	}

	private Answer handle(Instance at, UnaryOperator<Answer> completion) {
		return at.handle(this.request, () -> at.effect(this.request), completion);
	}

	private KeyedRequest with(String fingerprint) {
		return new KeyedRequest(this.request.userId(), this.request.route(), this.request.key(), fingerprint);
	}

	private long effects() {
		return effects(instance);
	}

	private long effects(Instance at) {
		return at.effects(this.request);
	}

	private static List<Answer> answers(List<Callable<Answer>> requests) throws Exception {
		List<Answer> answers = new ArrayList<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (Future<Answer> answer : threads.invokeAll(requests)) {
				answers.add(answer.get());
			}
		}
		return answers;
	}

}
