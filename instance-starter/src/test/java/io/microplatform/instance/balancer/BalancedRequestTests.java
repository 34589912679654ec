package io.microplatform.instance.balancer;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BalancedRequest} and {@link InstancePool}, with a clock that only the
 * tests advance.
 */
class BalancedRequestTests {

	private static final Duration RAMP_UP = Duration.ofSeconds(3);

	private static final HttpHeaders KEYED = new HttpHeaders();

	static {
		KEYED.set("Idempotency-Key", "1");
	}

	private final EjectionProperties ejection = new EjectionProperties(3, 2, Duration.ofSeconds(1),
			Duration.ofSeconds(30), 0.5, "/health", RAMP_UP);

	private final RetryProperties retries = new RetryProperties(3, Duration.ofSeconds(1), Duration.ofSeconds(10),
			Duration.ofMillis(20), Duration.ofMillis(200), 0, 5);

	private final RetryBudget budget = new RetryBudget(new Refreshable<>(this.retries));

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final AtomicLong nanos = new AtomicLong();

	private List<ServiceInstance> registered = List.of();

	private final InstancePool pool = new InstancePool("orders", () -> this.registered,
			(instance) -> new TrackedInstance(instance, new Refreshable<>(this.ejection), this.nanos::get, this.meters),
			new Refreshable<>(this.ejection), Map::of, this.meters);

	@Test
	void aServiceWithoutInstancesGetsNoAttempt() {
		assertThat(request(true).attempt()).isEmpty();
	}

	@Test
	void theInstanceWithTheFewestRequestsInFlightIsChosen() {
		register(3);
		Set<ServiceInstance> chosen = new HashSet<>();
		for (int i = 0; i < 3; i++) {
			chosen.add(request(true).attempt().orElseThrow().instance());
		}
		assertThat(chosen).hasSize(3);
	}

	@Test
	void anInstanceThatFailedIsNotTriedAgain() {
		register(3);
		BalancedRequest request = request(false);
		Set<ServiceInstance> tried = new HashSet<>();
		for (int i = 0; i < 3; i++) {
			Attempt attempt = request.attempt().orElseThrow();
			tried.add(attempt.instance());
			attempt.end(AttemptOutcome.REFUSED);
		}
		assertThat(tried).hasSize(3);
		assertThat(request.attempt()).isEmpty();
		assertThat(request.retryDelay(AttemptOutcome.REFUSED)).isEmpty();
	}

	@Test
	void aRequestThatWasNotSentIsSentAgainAtOnceWhateverItIs() {
		register(2);
		BalancedRequest request = request(false);
		request.attempt().orElseThrow().end(AttemptOutcome.REFUSED);
		assertThat(request.retryDelay(AttemptOutcome.REFUSED)).contains(Duration.ZERO);
	}

	@Test
	void aRequestThatMayHaveBeenProcessedIsSentAgainOnlyIfItIsIdempotent() {
		register(2);
		BalancedRequest notIdempotent = request(false);
		notIdempotent.attempt().orElseThrow().end(AttemptOutcome.BROKE_OFF);
		assertThat(notIdempotent.retryDelay(AttemptOutcome.BROKE_OFF)).isEmpty();
		BalancedRequest idempotent = request(true);
		idempotent.attempt().orElseThrow().end(AttemptOutcome.BROKE_OFF);
		assertThat(idempotent.retryDelay(AttemptOutcome.BROKE_OFF))
			.hasValueSatisfying((pause) -> assertThat(pause).isLessThanOrEqualTo(this.retries.backoff()));
	}

	@Test
	void aKeyMakesARequestIdempotentWhereEveryInstanceHonoursIt() {
		this.registered = List.of(instance(1, "POST /orders, POST /orders/{id}/cancel"), instance(2, "POST /orders"));
		assertThat(isRepeated(HttpMethod.POST, "/orders", true)).isTrue();
		assertThat(isRepeated(HttpMethod.POST, "/orders", false)).isFalse();
		assertThat(isRepeated(HttpMethod.POST, "/orders/7/cancel", true)).isFalse();
		assertThat(isRepeated(HttpMethod.POST, "/orders/7", true)).isFalse();
		assertThat(isRepeated(HttpMethod.PATCH, "/orders", true)).isFalse();
		assertThat(isRepeated(HttpMethod.DELETE, "/orders/7", true)).isTrue();
	}

	@Test
	void anInstanceThatLeftMustHaveHonouredTheKeyToo() {
		this.registered = List.of(instance(1, ""), instance(2, "POST /orders"));
		BalancedRequest request = request(Idempotency.of(HttpMethod.POST, "/orders", KEYED));
		Attempt attempt = request.attempt().orElseThrow();
		attempt.end(AttemptOutcome.BROKE_OFF);
		this.registered = List.of(instance(2, "POST /orders"), instance(3, "POST /orders"));
		boolean wasTheOneThatHasGone = attempt.instance().getPort() == 8001;
		assertThat(request.retryDelay(AttemptOutcome.BROKE_OFF).isPresent()).isEqualTo(!wasTheOneThatHasGone);
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "BROKE_OFF", "SHED", "REFUSED", "NOT_SENT" })
	void aRequestThatAnotherInstanceWouldAnswerNoBetterIsNotSentAgain(AttemptOutcome outcome) {
		register(2);
		BalancedRequest request = request(true);
		request.attempt().orElseThrow().end(outcome);
		assertThat(request.retryDelay(outcome)).isEmpty();
	}

	@Test
	void aRequestInProgressSinceAnEarlierAttemptIsSentAgainUntilItEnds() {
		register(2);
		BalancedRequest request = request(true);
		Attempt slow = request.attempt().orElseThrow();
		assertThat(request.giveUp(slow)).isTrue();
		for (int i = 0; i < this.retries.reserve() - 1; i++) {
			Attempt attempt = request.attempt().orElseThrow();
			assertThat(attempt.instance()).isNotEqualTo(slow.instance());
			attempt.end(AttemptOutcome.IN_PROGRESS);
			assertThat(request.retryDelay(AttemptOutcome.IN_PROGRESS)).isPresent();
		}
	}

	@Test
	void aRequestInProgressForAnotherCallerIsTheAnswer() {
		register(2);
		BalancedRequest request = request(true);
		request.attempt().orElseThrow().end(AttemptOutcome.IN_PROGRESS);
		assertThat(request.retryDelay(AttemptOutcome.IN_PROGRESS)).isEmpty();
	}

	@Test
	void aRequestInProgressForTooLongIsTheAnswer() {
		register(2);
		BalancedRequest request = request(true);
		assertThat(request.giveUp(request.attempt().orElseThrow())).isTrue();
		request.attempt().orElseThrow().end(AttemptOutcome.IN_PROGRESS);
		advance(this.retries.inProgressTimeout());
		assertThat(request.retryDelay(AttemptOutcome.IN_PROGRESS)).isEmpty();
	}

	@Test
	void aRequestIsSentAtMostThreeTimes() {
		register(5);
		BalancedRequest request = request(true);
		for (int i = 1; i < this.retries.maxAttempts(); i++) {
			request.attempt().orElseThrow().end(AttemptOutcome.BROKE_OFF);
			assertThat(request.retryDelay(AttemptOutcome.BROKE_OFF)).isPresent();
		}
		request.attempt().orElseThrow().end(AttemptOutcome.BROKE_OFF);
		assertThat(request.retryDelay(AttemptOutcome.BROKE_OFF)).isEmpty();
	}

	@Test
	void theBudgetLimitsTheRetriesOfAllRequests() {
		register(9);
		long repeated = IntStream.range(0, 20).filter((number) -> {
			BalancedRequest request = request(true);
			request.attempt().orElseThrow().end(AttemptOutcome.SHED);
			return request.retryDelay(AttemptOutcome.SHED).isPresent();
		}).count();
		assertThat(repeated).isEqualTo(this.retries.reserve());
	}

	@Test
	void anAttemptIsGivenUpOnlyForAnotherInstance() {
		register(1);
		BalancedRequest alone = request(true);
		assertThat(alone.giveUp(alone.attempt().orElseThrow())).isFalse();
		register(2);
		BalancedRequest notIdempotent = request(false);
		assertThat(notIdempotent.giveUp(notIdempotent.attempt().orElseThrow())).isFalse();
		BalancedRequest idempotent = request(true);
		Attempt attempt = idempotent.attempt().orElseThrow();
		assertThat(idempotent.giveUp(attempt)).isTrue();
		assertThat(idempotent.attempt().orElseThrow().instance()).isNotEqualTo(attempt.instance());
	}

	@Test
	void oneRefusedConnectionEjectsAnInstanceUntilItIsHealthyAndThenItRampsUp() {
		register(2);
		ServiceInstance ill = end(AttemptOutcome.REFUSED);
		assertThat(chosenOf(100)).doesNotContain(ill);
		assertThat(this.pool.dueForProbe()).isEmpty();

		advance(this.ejection.time());
		TrackedInstance member = this.pool.dueForProbe().getFirst();
		assertThat(member.probe()).hasPort(ill.getPort()).hasPath("/health");
		assertThat(chosenOf(100)).as("it has not been asked yet").doesNotContain(ill);

		member.restore();
		assertThat(chosenOf(1000)).filteredOn(ill::equals).hasSizeBetween(1, 150);
		advance(RAMP_UP);
		assertThat(chosenOf(1000)).filteredOn(ill::equals).hasSizeBetween(400, 600);
	}

	@Test
	void brokenConnectionsInARowEjectAnInstance() {
		register(2);
		TrackedInstance member = choose();
		for (AttemptOutcome outcome : List.of(AttemptOutcome.BROKE_OFF, AttemptOutcome.BROKE_OFF,
				AttemptOutcome.ANSWERED, AttemptOutcome.BROKE_OFF, AttemptOutcome.ERRED, AttemptOutcome.BROKE_OFF)) {
			end(member, outcome);
		}
		assertThat(member.isEjected()).isFalse();
		end(member, AttemptOutcome.BROKE_OFF);
		assertThat(member.isEjected()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void requestsThatFailEverywhereEjectNoInstance(int instances) {
		register(instances);
		for (int i = 0; i < 1000; i++) {
			assertThat(ask((instance) -> AttemptOutcome.ERRED)).isEqualTo(AttemptOutcome.ERRED);
			assertThat(this.pool.ejected()).isZero();
		}
	}

	@Test
	void requestsThatFailEverywhereEjectNoInstanceAmongOthers() {
		register(3);
		for (int i = 0; i < 1000; i++) {
			AttemptOutcome outcome = (i % 10 < 7) ? AttemptOutcome.ERRED : AttemptOutcome.ANSWERED;
			assertThat(ask((instance) -> outcome)).isEqualTo(outcome);
			assertThat(this.pool.ejected()).isZero();
		}
	}

	@Test
	void errorsEjectAnInstanceIfTheOthersHaveNone() {
		register(5);
		ServiceInstance ill = this.registered.getFirst();
		AtomicInteger errors = new AtomicInteger();
		for (int i = 0; i < 300; i++) {
			ask((instance) -> {
				if (instance.equals(ill)) {
					errors.incrementAndGet();
					return AttemptOutcome.ERRED;
				}
				return AttemptOutcome.ANSWERED;
			});
		}
		assertThat(errors).hasValueBetween(2 * this.ejection.failures(), 2 * this.ejection.failures() + 4);
		assertThat(this.pool.ejected()).isEqualTo(1);
		assertThat(chosenOf(100)).doesNotContain(ill);
	}

	@Test
	void errorsEjectAnInstanceAlsoAmongRequestsThatFailEverywhere() {
		register(3);
		ServiceInstance ill = this.registered.getFirst();
		for (int i = 0; i < 300 && this.pool.ejected() == 0; i++) {
			boolean isBad = i % 5 == 0;
			ask((instance) -> (isBad || instance.equals(ill)) ? AttemptOutcome.ERRED : AttemptOutcome.ANSWERED);
		}
		assertThat(chosenOf(100)).doesNotContain(ill);
	}

	@Test
	void errorsOfRequestsForOneReleaseEjectNoInstance() {
		register(3);
		ServiceInstance ill = this.registered.getFirst();
		for (int i = 0; i < 300; i++) {
			Attempt attempt = request(new Idempotency(HttpMethod.GET, "/orders", false), new ReleaseChoice("none"))
				.attempt()
				.orElseThrow();
			attempt.end(attempt.instance().equals(ill) ? AttemptOutcome.ERRED : AttemptOutcome.ANSWERED);
		}
		assertThat(this.pool.ejected()).isZero();
	}

	@Test
	void aFaultOfTheCallerEjectsNoInstance() {
		register(2);
		for (int i = 0; i < 20; i++) {
			complete(new IllegalStateException(new TimeoutException("no connection is free")));
			complete(new IllegalArgumentException("the body cannot be encoded"));
		}
		assertThat(this.pool.ejected()).isZero();
		complete(new IllegalStateException(new ConnectException()));
		assertThat(this.pool.ejected()).isEqualTo(1);
	}

	private void complete(Throwable failure) {
		new LearningLoadBalancer(this.pool).onComplete(new CompletionContext<>(CompletionContext.Status.FAILED, failure,
				new DefaultRequest<>(), new DefaultResponse(choose().instance())));
	}

	@Test
	void fewerTimeoutsInARowEjectAnInstance() {
		register(2);
		TrackedInstance member = choose();
		end(member, AttemptOutcome.TIMED_OUT);
		assertThat(member.isEjected()).isFalse();
		end(member, AttemptOutcome.TIMED_OUT);
		assertThat(member.isEjected()).isTrue();
	}

	@Test
	void sheddingDoesNotEjectAnInstance() {
		register(2);
		TrackedInstance member = choose();
		for (int i = 0; i < 100; i++) {
			end(member, AttemptOutcome.SHED);
		}
		assertThat(member.isEjected()).isFalse();
	}

	@Test
	void neverMoreThanAShareIsEjected() {
		register(4);
		BalancedRequest request = request(false);
		for (int i = 0; i < 4; i++) {
			request.attempt().orElseThrow().end(AttemptOutcome.REFUSED);
		}
		assertThat(this.pool.ejected()).isEqualTo(2);
	}

	@Test
	void theOnlyInstanceIsNeverEjected() {
		register(1);
		end(AttemptOutcome.REFUSED);
		assertThat(this.pool.ejected()).isZero();
		assertThat(request(true).attempt()).isPresent();
	}

	@Test
	void anInstanceThatIsEjectedAgainSoonIsEjectedForLonger() {
		register(2);
		TrackedInstance member = choose();
		end(member, AttemptOutcome.REFUSED);
		advance(this.ejection.time());
		member.restore();
		end(member, AttemptOutcome.REFUSED);
		advance(this.ejection.time());
		assertThat(member.isProbeDue()).isFalse();
		advance(this.ejection.time());
		assertThat(member.isProbeDue()).isTrue();
	}

	@Test
	void anotherRunAtTheSameAddressIsAnotherInstance() {
		this.registered = List.of(run(1, "7"), run(2, "8"));
		end(AttemptOutcome.REFUSED);
		assertThat(this.pool.ejected()).isEqualTo(1);
		this.registered = List.of(run(1, "9"), run(2, "10"));
		assertThat(this.pool.ejected()).isZero();
	}

	@Test
	void theMetersOfAnInstanceThatLeftLongAgoAreRemoved() {
		register(2);
		chosenOf(100);
		ServiceInstance stays = this.registered.getFirst();
		this.registered = List.of(stays);
		this.pool.forgetDeparted();
		assertThat(this.meters.get("balancer.attempts").counters()).hasSize(2);
		advance(Duration.ofMinutes(11));
		this.pool.forgetDeparted();
		assertThat(this.meters.get("balancer.attempts").counters()).singleElement()
			.satisfies((counter) -> assertThat(counter.getId().getTag("upstream.instance"))
				.isEqualTo(stays.getInstanceId()));
	}

	@Test
	void theFirstRetryAndTheFirstEjectionIncreaseACounter() {
		List.of("balancer.retries", "balancer.ejections")
			.forEach((name) -> assertThat(this.meters.get(name).tag("reason", "refused").counter().count()).isZero());
		register(2);
		BalancedRequest request = request(true);
		request.attempt().orElseThrow().end(AttemptOutcome.REFUSED);
		request.retryDelay(AttemptOutcome.REFUSED);
		List.of("balancer.retries", "balancer.ejections")
			.forEach((name) -> assertThat(this.meters.get(name).tag("reason", "refused").counter().count()).isOne());
	}

	@Test
	void anAttemptEndsOnce() {
		register(1);
		Attempt attempt = request(true).attempt().orElseThrow();
		attempt.end(AttemptOutcome.ANSWERED);
		attempt.end(AttemptOutcome.ABANDONED);
		assertThat(this.meters.get("balancer.attempts").counters()).singleElement()
			.satisfies((counter) -> assertThat(counter.getId().getTag("outcome")).isEqualTo("answered"));
	}

	private void register(int instances) {
		this.registered = IntStream.rangeClosed(1, instances).mapToObj((number) -> run(number, "7")).toList();
		// Seen for the first time, and ramped up.
		assertThat(this.pool.ejected()).isZero();
		advance(RAMP_UP);
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
		BalancedRequest request = request(Idempotency.of(method, path, withKey ? KEYED : new HttpHeaders()));
		boolean isGivenUp = request.giveUp(request.attempt().orElseThrow());
		BalancedRequest another = request(Idempotency.of(method, path, withKey ? KEYED : new HttpHeaders()));
		another.attempt().orElseThrow().end(AttemptOutcome.SHED);
		assertThat(another.retryDelay(AttemptOutcome.SHED).isPresent()).isEqualTo(isGivenUp);
		return isGivenUp;
	}

	private BalancedRequest request(boolean repeatable) {
		return request(new Idempotency(repeatable ? HttpMethod.GET : HttpMethod.POST, "/orders", false));
	}

	private BalancedRequest request(Idempotency idempotency) {
		return request(idempotency, new ReleaseChoice(null));
	}

	private BalancedRequest request(Idempotency idempotency, ReleaseChoice release) {
		return new BalancedRequest(this.pool, release, idempotency, new Refreshable<>(this.retries), this.budget,
				this.nanos::get);
	}

	private TrackedInstance choose() {
		return this.pool.choose(List.of(), new ReleaseChoice(null)).orElseThrow();
	}

	private ServiceInstance end(AttemptOutcome outcome) {
		Attempt attempt = request(false).attempt().orElseThrow();
		attempt.end(outcome);
		return attempt.instance();
	}

	private void end(TrackedInstance member, AttemptOutcome outcome) {
		this.pool.learn(member, outcome);
	}

	/** Asks as a caller does, until there is an answer or no other attempt. */
	private AttemptOutcome ask(Function<ServiceInstance, AttemptOutcome> answers) {
		BalancedRequest request = request(true);
		while (true) {
			Attempt attempt = request.attempt().orElseThrow();
			AttemptOutcome outcome = answers.apply(attempt.instance());
			attempt.end(outcome);
			if (request.retryDelay(outcome).isEmpty()) {
				return outcome;
			}
		}
	}

	private List<ServiceInstance> chosenOf(int calls) {
		List<ServiceInstance> chosen = new ArrayList<>();
		for (int i = 0; i < calls; i++) {
			chosen.add(end(AttemptOutcome.ANSWERED));
		}
		return chosen;
	}

	private void advance(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

}
