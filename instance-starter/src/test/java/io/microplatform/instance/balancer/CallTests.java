package io.microplatform.instance.balancer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microplatform.instance.configuration.Live;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of a service, in a time that passes only when a test says so.
 */
class CallTests {

	private static final Duration RAMP_UP = Duration.ofSeconds(3);

	private static final HttpHeaders KEYED = new HttpHeaders();

	static {
		KEYED.set("Idempotency-Key", "1");
	}

	private final EjectionProperties ejection = new EjectionProperties(3, 2, Duration.ofSeconds(1),
			Duration.ofSeconds(30), 0.5, "/health", RAMP_UP);

	private final RetryProperties retries = new RetryProperties(3, Duration.ofSeconds(1), Duration.ofSeconds(10),
			Duration.ofMillis(20), Duration.ofMillis(200), 0, 5);

	private final RetryBudget budget = new RetryBudget(new Live<>(this.retries));

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final AtomicLong nanos = new AtomicLong();

	private List<ServiceInstance> registered = List.of();

	private final InstancePool pool = new InstancePool("orders", () -> this.registered,
			(instance) -> new Member(instance, new Live<>(this.ejection), this.nanos::get, this.meters),
			new Live<>(this.ejection), Map::of);

	@Test
	void nobodyIsThere() {
		assertThat(call(true).attempt()).isEmpty();
	}

	@Test
	void theInstanceWithTheFewestUnderWayIsChosen() {
		register(3);
		Set<ServiceInstance> chosen = new HashSet<>();
		for (int i = 0; i < 3; i++) {
			chosen.add(call(true).attempt().orElseThrow().instance());
		}
		assertThat(chosen).hasSize(3);
	}

	@Test
	void whoHasBeenTriedIsNotTriedAgain() {
		register(3);
		Call call = call(false);
		Set<ServiceInstance> tried = new HashSet<>();
		for (int i = 0; i < 3; i++) {
			Attempt attempt = call.attempt().orElseThrow();
			tried.add(attempt.instance());
			attempt.end(Outcome.REFUSED);
		}
		assertThat(tried).hasSize(3);
		assertThat(call.attempt()).isEmpty();
		assertThat(call.again(Outcome.REFUSED)).isEmpty();
	}

	@Test
	void whatWasNotSentIsSentAgainAtOnceWhateverItIs() {
		register(2);
		Call call = call(false);
		call.attempt().orElseThrow().end(Outcome.REFUSED);
		assertThat(call.again(Outcome.REFUSED)).contains(Duration.ZERO);
	}

	@Test
	void whatMayHaveBeenDoneIsDoneAgainOnlyWhenItIsHarmless() {
		register(2);
		Call harmful = call(false);
		harmful.attempt().orElseThrow().end(Outcome.BROKE_OFF);
		assertThat(harmful.again(Outcome.BROKE_OFF)).isEmpty();
		Call harmless = call(true);
		harmless.attempt().orElseThrow().end(Outcome.BROKE_OFF);
		assertThat(harmless.again(Outcome.BROKE_OFF))
			.hasValueSatisfying((pause) -> assertThat(pause).isLessThanOrEqualTo(this.retries.backoff()));
	}

	@Test
	void aKeyMakesACallHarmlessWhereEveryInstanceHonoursIt() {
		this.registered = List.of(instance(1, "POST /orders, POST /orders/{id}/cancel"), instance(2, "POST /orders"));
		assertThat(isRepeated(HttpMethod.POST, "/orders", true)).isTrue();
		assertThat(isRepeated(HttpMethod.POST, "/orders", false)).isFalse();
		assertThat(isRepeated(HttpMethod.POST, "/orders/7/cancel", true)).isFalse();
		assertThat(isRepeated(HttpMethod.POST, "/orders/7", true)).isFalse();
		assertThat(isRepeated(HttpMethod.PATCH, "/orders", true)).isFalse();
		assertThat(isRepeated(HttpMethod.DELETE, "/orders/7", true)).isTrue();
	}

	@Test
	void anInstanceThatHasGoneMustHaveHonouredTheKeyToo() {
		this.registered = List.of(instance(1, ""), instance(2, "POST /orders"));
		Call call = call(Harmless.of(HttpMethod.POST, "/orders", KEYED));
		Attempt attempt = call.attempt().orElseThrow();
		attempt.end(Outcome.BROKE_OFF);
		this.registered = List.of(instance(2, "POST /orders"), instance(3, "POST /orders"));
		boolean wasTheOneThatHasGone = attempt.instance().getPort() == 8001;
		assertThat(call.again(Outcome.BROKE_OFF).isPresent()).isEqualTo(!wasTheOneThatHasGone);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "BROKE_OFF", "SHED", "REFUSED", "NOT_SENT" })
	void whatAnotherInstanceWouldNotDoBetterIsNotDoneAgain(Outcome outcome) {
		register(2);
		Call call = call(true);
		call.attempt().orElseThrow().end(outcome);
		assertThat(call.again(outcome)).isEmpty();
	}

	@Test
	void whatIsStillBeingWorkedOnForThisCallIsAskedForAgainForAWhile() {
		register(2);
		Call call = call(true);
		Attempt slow = call.attempt().orElseThrow();
		assertThat(call.giveUp(slow)).isTrue();
		for (int i = 0; i < this.retries.reserve() - 1; i++) {
			Attempt attempt = call.attempt().orElseThrow();
			assertThat(attempt.instance()).isNotEqualTo(slow.instance());
			attempt.end(Outcome.IN_PROGRESS);
			assertThat(call.again(Outcome.IN_PROGRESS)).isPresent();
		}
	}

	@Test
	void whatIsStillBeingWorkedOnForAnotherIsTheAnswer() {
		register(2);
		Call call = call(true);
		call.attempt().orElseThrow().end(Outcome.IN_PROGRESS);
		assertThat(call.again(Outcome.IN_PROGRESS)).isEmpty();
	}

	@Test
	void whatIsStillBeingWorkedOnIsTheAnswerInTheEnd() {
		register(2);
		Call call = call(true);
		assertThat(call.giveUp(call.attempt().orElseThrow())).isTrue();
		call.attempt().orElseThrow().end(Outcome.IN_PROGRESS);
		letTimePass(this.retries.inProgressTimeout());
		assertThat(call.again(Outcome.IN_PROGRESS)).isEmpty();
	}

	@Test
	void aRequestIsSentThreeTimesAtMost() {
		register(5);
		Call call = call(true);
		for (int i = 1; i < this.retries.maxAttempts(); i++) {
			call.attempt().orElseThrow().end(Outcome.BROKE_OFF);
			assertThat(call.again(Outcome.BROKE_OFF)).isPresent();
		}
		call.attempt().orElseThrow().end(Outcome.BROKE_OFF);
		assertThat(call.again(Outcome.BROKE_OFF)).isEmpty();
	}

	@Test
	void allRequestsTogetherAreRepeatedNoMoreThanTheBudgetAllows() {
		register(9);
		long repeated = IntStream.range(0, 20).filter((number) -> {
			Call call = call(true);
			call.attempt().orElseThrow().end(Outcome.SHED);
			return call.again(Outcome.SHED).isPresent();
		}).count();
		assertThat(repeated).isEqualTo(this.retries.reserve());
	}

	@Test
	void anAttemptIsGivenUpOnlyForAnother() {
		register(1);
		Call alone = call(true);
		assertThat(alone.giveUp(alone.attempt().orElseThrow())).isFalse();
		register(2);
		Call harmful = call(false);
		assertThat(harmful.giveUp(harmful.attempt().orElseThrow())).isFalse();
		Call harmless = call(true);
		Attempt attempt = harmless.attempt().orElseThrow();
		assertThat(harmless.giveUp(attempt)).isTrue();
		assertThat(harmless.attempt().orElseThrow().instance()).isNotEqualTo(attempt.instance());
	}

	@Test
	void whoRefusesIsLeftOutAtOnceUntilItIsWellAndThenGetsMoreAndMore() {
		register(2);
		ServiceInstance ill = end(Outcome.REFUSED);
		assertThat(chosenOf(100)).doesNotContain(ill);
		assertThat(this.pool.toBeProbed()).isEmpty();

		letTimePass(this.ejection.time());
		Member member = this.pool.toBeProbed().getFirst();
		assertThat(member.probe()).hasPort(ill.getPort()).hasPath("/health");
		assertThat(chosenOf(100)).as("it has not been asked yet").doesNotContain(ill);

		member.comeBack();
		assertThat(chosenOf(1000)).filteredOn(ill::equals).hasSizeBetween(1, 150);
		letTimePass(RAMP_UP);
		assertThat(chosenOf(1000)).filteredOn(ill::equals).hasSizeBetween(400, 600);
	}

	@Test
	void whoBreaksOffOftenInARowIsLeftOut() {
		register(2);
		Member member = choose();
		for (Outcome outcome : List.of(Outcome.BROKE_OFF, Outcome.BROKE_OFF, Outcome.ANSWERED, Outcome.BROKE_OFF,
				Outcome.ERRED, Outcome.BROKE_OFF)) {
			end(member, outcome);
		}
		assertThat(member.isOut()).isFalse();
		end(member, Outcome.BROKE_OFF);
		assertThat(member.isOut()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void aRequestThatEveryInstanceAnswersWithAnErrorEjectsNone(int instances) {
		register(instances);
		for (int i = 0; i < 1000; i++) {
			assertThat(ask((instance) -> Outcome.ERRED)).isEqualTo(Outcome.ERRED);
			assertThat(this.pool.out()).isZero();
		}
	}

	@Test
	void amongOtherRequestsItEjectsNoneEither() {
		register(3);
		for (int i = 0; i < 1000; i++) {
			Outcome outcome = (i % 10 < 7) ? Outcome.ERRED : Outcome.ANSWERED;
			assertThat(ask((instance) -> outcome)).isEqualTo(outcome);
			assertThat(this.pool.out()).isZero();
		}
	}

	@Test
	void anInstanceWithErrorsIsEjectedWhereTheOthersHaveNone() {
		register(5);
		ServiceInstance ill = this.registered.getFirst();
		AtomicInteger errors = new AtomicInteger();
		for (int i = 0; i < 300; i++) {
			ask((instance) -> {
				if (instance.equals(ill)) {
					errors.incrementAndGet();
					return Outcome.ERRED;
				}
				return Outcome.ANSWERED;
			});
		}
		assertThat(errors).hasValueBetween(2 * this.ejection.failures(), 2 * this.ejection.failures() + 4);
		assertThat(this.pool.out()).isEqualTo(1);
		assertThat(chosenOf(100)).doesNotContain(ill);
	}

	@Test
	void anInstanceWithErrorsOnlyIsEjectedAlsoAmongRequestsThatEveryInstanceAnswersWithAnError() {
		register(3);
		ServiceInstance ill = this.registered.getFirst();
		for (int i = 0; i < 300 && this.pool.out() == 0; i++) {
			boolean isBad = i % 5 == 0;
			ask((instance) -> (isBad || instance.equals(ill)) ? Outcome.ERRED : Outcome.ANSWERED);
		}
		assertThat(chosenOf(100)).doesNotContain(ill);
	}

	@Test
	void whoDoesNotAnswerInTimeIsLeftOutSooner() {
		register(2);
		Member member = choose();
		end(member, Outcome.TIMED_OUT);
		assertThat(member.isOut()).isFalse();
		end(member, Outcome.TIMED_OUT);
		assertThat(member.isOut()).isTrue();
	}

	@Test
	void whoShedsIsNotLeftOut() {
		register(2);
		Member member = choose();
		for (int i = 0; i < 100; i++) {
			end(member, Outcome.SHED);
		}
		assertThat(member.isOut()).isFalse();
	}

	@Test
	void neverMoreThanAShareAreLeftOut() {
		register(4);
		Call call = call(false);
		for (int i = 0; i < 4; i++) {
			call.attempt().orElseThrow().end(Outcome.REFUSED);
		}
		assertThat(this.pool.out()).isEqualTo(2);
	}

	@Test
	void whoIsAloneIsNeverLeftOut() {
		register(1);
		end(Outcome.REFUSED);
		assertThat(this.pool.out()).isZero();
		assertThat(call(true).attempt()).isPresent();
	}

	@Test
	void whoIsLeftOutAgainSoonIsSoForLonger() {
		register(2);
		Member member = choose();
		end(member, Outcome.REFUSED);
		letTimePass(this.ejection.time());
		member.comeBack();
		end(member, Outcome.REFUSED);
		letTimePass(this.ejection.time());
		assertThat(member.isToBeProbed()).isFalse();
		letTimePass(this.ejection.time());
		assertThat(member.isToBeProbed()).isTrue();
	}

	@Test
	void anotherRunAtTheSamePlaceIsAnotherInstance() {
		this.registered = List.of(run(1, "7"), run(2, "8"));
		end(Outcome.REFUSED);
		assertThat(this.pool.out()).isEqualTo(1);
		this.registered = List.of(run(1, "9"), run(2, "10"));
		assertThat(this.pool.out()).isZero();
	}

	@Test
	void whatWasCountedOfThoseLongGoneIsForgotten() {
		register(2);
		chosenOf(100);
		ServiceInstance stays = this.registered.getFirst();
		this.registered = List.of(stays);
		this.pool.forgetThoseLongGone();
		assertThat(this.meters.get("balancer.attempts").counters()).hasSize(2);
		letTimePass(Duration.ofMinutes(11));
		this.pool.forgetThoseLongGone();
		assertThat(this.meters.get("balancer.attempts").counters()).singleElement()
			.satisfies((counter) -> assertThat(counter.getId().getTag("instance")).isEqualTo(stays.getInstanceId()));
	}

	@Test
	void anAttemptEndsOnce() {
		register(1);
		Attempt attempt = call(true).attempt().orElseThrow();
		attempt.end(Outcome.ANSWERED);
		attempt.end(Outcome.ABANDONED);
		assertThat(this.meters.get("balancer.attempts").counters()).singleElement()
			.satisfies((counter) -> assertThat(counter.getId().getTag("outcome")).isEqualTo("answered"));
	}

	private void register(int instances) {
		this.registered = IntStream.rangeClosed(1, instances).mapToObj((number) -> run(number, "7")).toList();
		// Seen for the first time, and not new any more.
		assertThat(this.pool.out()).isZero();
		letTimePass(RAMP_UP);
	}

	private static ServiceInstance run(int number, String pid) {
		return new DefaultServiceInstance("orders:" + number, "orders", "127.0.0.1", 8000 + number, false,
				Map.of("pid", pid));
	}

	private static ServiceInstance instance(int number, String keyedCalls) {
		return new DefaultServiceInstance("orders:" + number, "orders", "127.0.0.1", 8000 + number, false,
				Map.of("pid", "7", KeyedCalls.METADATA, keyedCalls));
	}

	private boolean isRepeated(HttpMethod method, String path, boolean withKey) {
		Call call = call(Harmless.of(method, path, withKey ? KEYED : new HttpHeaders()));
		boolean isGivenUp = call.giveUp(call.attempt().orElseThrow());
		Call another = call(Harmless.of(method, path, withKey ? KEYED : new HttpHeaders()));
		another.attempt().orElseThrow().end(Outcome.SHED);
		assertThat(another.again(Outcome.SHED).isPresent()).isEqualTo(isGivenUp);
		return isGivenUp;
	}

	private Call call(boolean repeatable) {
		return call((members) -> repeatable);
	}

	private Call call(Harmless harmless) {
		return new Call("orders", this.pool, new ReleaseChoice(null), new Live<>(this.retries), this.budget,
				this.meters, this.nanos::get, harmless);
	}

	private Member choose() {
		return this.pool.choose(List.of(), new ReleaseChoice(null)).orElseThrow();
	}

	private ServiceInstance end(Outcome outcome) {
		Attempt attempt = call(false).attempt().orElseThrow();
		attempt.end(outcome);
		return attempt.instance();
	}

	private void end(Member member, Outcome outcome) {
		member.begin();
		this.pool.ended(member, outcome);
	}

	/** Asks as a caller does, until there is an answer or no other attempt. */
	private Outcome ask(Function<ServiceInstance, Outcome> answers) {
		Call call = call(true);
		while (true) {
			Attempt attempt = call.attempt().orElseThrow();
			Outcome outcome = answers.apply(attempt.instance());
			attempt.end(outcome);
			if (call.again(outcome).isEmpty()) {
				return outcome;
			}
		}
	}

	private List<ServiceInstance> chosenOf(int calls) {
		List<ServiceInstance> chosen = new ArrayList<>();
		for (int i = 0; i < calls; i++) {
			chosen.add(end(Outcome.ANSWERED));
		}
		return chosen;
	}

	private void letTimePass(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

}
