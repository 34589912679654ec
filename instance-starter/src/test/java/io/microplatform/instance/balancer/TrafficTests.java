package io.microplatform.instance.balancer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microplatform.instance.configuration.Live;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Which release of a service gets a request. The time stands still unless a test says so.
 */
class TrafficTests {

	private static final int MANY = 10_000;

	/**
	 * Five standard deviations of what MANY choices with 90 % yield, which have 0.3 %.
	 */
	private static final double FIVE_SIGMA = 0.015 * MANY;

	private static final int SOME = 200;

	private static final Duration RAMP_UP = Duration.ofSeconds(3);

	private final Live<EjectionProperties> ejection = new Live<>(
			new EjectionProperties(5, 2, Duration.ofSeconds(1), Duration.ofSeconds(30), 0.5, "/health", RAMP_UP));

	private final Live<RetryProperties> retries = new Live<>(new RetryProperties(10, Duration.ofSeconds(1),
			Duration.ofSeconds(10), Duration.ofMillis(20), Duration.ofMillis(200), 1, 1000));

	private final RetryBudget budget = new RetryBudget(this.retries);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final AtomicLong nanos = new AtomicLong();

	private List<ServiceInstance> registered = List.of();

	private Map<String, Integer> weights = Map.of();

	private final InstancePool pool = new InstancePool("orders", () -> this.registered,
			(instance) -> new Member(instance, this.ejection, this.nanos::get, this.meters), this.ejection,
			() -> this.weights);

	@Test
	void theWeightsShareTheRequestsAmongReleasesHoweverManyInstancesTheyHave() {
		register("1", "2", "2", "2");
		this.weights = Map.of("1", 90, "2", 10);
		assertThat((double) shares(MANY, null).getOrDefault("1", 0L)).isCloseTo(0.9 * MANY, within(FIVE_SIGMA));
	}

	@Test
	void theWeightsAreToEachOtherAndNeedNoSum() {
		register("1", "2");
		this.weights = Map.of("1", 9, "2", 1);
		assertThat((double) shares(MANY, null).getOrDefault("1", 0L)).isCloseTo(0.9 * MANY, within(FIVE_SIGMA));
	}

	@Test
	void withoutWeightsEachInstanceGetsTheSameShareWhateverItsRelease() {
		register("1", "1", "1", "1", "1", "1", "1", "1", "1", "2");
		assertThat((double) shares(MANY, null).getOrDefault("1", 0L)).isCloseTo(0.9 * MANY, within(FIVE_SIGMA));
	}

	@Test
	void withinAReleaseTheInstanceWithTheFewestUnderWayIsChosen() {
		register("1", "1", "2");
		this.weights = Map.of("1", 1);
		List<ServiceInstance> chosen = IntStream.range(0, 2)
			.mapToObj((number) -> call(null).attempt().orElseThrow().instance())
			.toList();
		assertThat(chosen).doesNotHaveDuplicates();
	}

	@Test
	void whatWeighsNothingOrIsNotListedGetsNothing() {
		register("1", "2", "3", "");
		this.weights = Map.of("1", 100, "2", 0);
		assertThat(shares(SOME, null)).containsOnlyKeys("1");
	}

	@Test
	void otherWeightsHoldFromTheNextRequestOn() {
		register("1", "2");
		this.weights = Map.of("1", 0, "2", 1);
		assertThat(shares(SOME, null)).containsOnlyKeys("2");
		this.weights = Map.of("1", 1, "2", 0);
		assertThat(shares(SOME, null)).containsOnlyKeys("1");
		this.weights = Map.of();
		assertThat(shares(SOME, null)).containsOnlyKeys("1", "2");
	}

	@Test
	void whereNoReleaseThatWeighsSomethingIsThereAllAreUsed() {
		register("1", "2");
		this.weights = Map.of("2", 0, "3", 100);
		assertThat(shares(SOME, null)).containsOnlyKeys("1", "2");
	}

	@Test
	void aReleaseOfWhichAllAreLeftOutGetsNothingAsLongAsThereIsAnother() {
		register("1", "2", "3");
		this.weights = Map.of("1", 50, "2", 50);
		leaveOut("1");
		assertThat(shares(SOME, null)).containsOnlyKeys("2");
		leaveOut("2");
		assertThat(shares(SOME, null)).as("better another release than no answer").containsOnlyKeys("3");
	}

	@Test
	void whoIsLeftOutIsTriedWhenNobodyElseIsLeft() {
		register("1", "1");
		this.weights = Map.of("1", 100);
		leaveOut("1");
		Call call = call(null);
		assertThat(releasesTried(call)).containsExactly("1", "1");
	}

	@Test
	void aRequestThatNamesAReleaseGoesThereWhateverItWeighs() {
		register("1", "1", "2");
		assertThat(shares(SOME, "2")).containsOnlyKeys("2");
		this.weights = Map.of("1", 100, "2", 0);
		assertThat(shares(SOME, "2")).containsOnlyKeys("2");
		leaveOut("2");
		assertThat(shares(SOME, "2")).as("also when it is left out").containsOnlyKeys("2");
	}

	@Test
	void aRequestThatNamesAReleaseIsSentToNoOther() {
		register("1", "2", "2");
		Call call = call("2");
		assertThat(releasesTried(call)).containsExactly("2", "2");
		assertThat(call.again(Outcome.REFUSED)).isEmpty();
		Call alone = call("1");
		assertThat(alone.giveUp(alone.attempt().orElseThrow())).isFalse();
	}

	@Test
	void aReleaseThatNobodyHasIsUnknown() {
		assertThat(call("3").isOfUnknownRelease()).as("nobody is there, which may pass").isFalse();
		register("1", "2");
		this.weights = Map.of("3", 100);
		Call call = call("3");
		assertThat(call.isOfUnknownRelease()).isTrue();
		assertThat(call.attempt()).isEmpty();
		assertThat(call("2").isOfUnknownRelease()).isFalse();
		assertThat(call(null).isOfUnknownRelease()).isFalse();
	}

	@Test
	void anotherAttemptStaysWithinTheReleaseAsLongAsItHasAnybodyAndThenGoesToAnother() {
		register("1", "1", "2", "2", "3");
		this.weights = Map.of("1", 50, "2", 50);
		for (int i = 0; i < SOME; i++) {
			List<String> tried = releasesTried(call(null), Outcome.BROKE_OFF);
			assertThat(tried.subList(0, 2)).containsOnly(tried.getFirst());
			assertThat(tried.subList(2, 4)).doesNotContain(tried.getFirst()).containsOnly(tried.get(2));
			assertThat(tried.getLast()).isEqualTo("3");
			register("1", "1", "2", "2", "3");
		}
	}

	@Test
	void aSlowAnswerIsNoReasonToTurnToAReleaseThatWeighsNothing() {
		register("1", "2");
		this.weights = Map.of("1", 100);
		Call call = call(null);
		assertThat(call.giveUp(call.attempt().orElseThrow())).isFalse();
		register("1", "1", "2");
		Call another = call(null);
		Attempt slow = another.attempt().orElseThrow();
		assertThat(another.giveUp(slow)).isTrue();
		assertThat(release(another.attempt().orElseThrow())).isEqualTo("1");
	}

	@Test
	void attemptsAreCountedByRelease() {
		register("1", "2", "");
		shares(SOME, null);
		assertThat(this.meters.get("balancer.attempts").counters())
			.extracting((counter) -> counter.getId().getTag("release"))
			.containsExactlyInAnyOrder("1", "2", "none");
	}

	/** New instances, not new any more; an empty release is none. */
	private void register(String... releases) {
		List<ServiceInstance> instances = new ArrayList<>();
		long run = this.nanos.incrementAndGet();
		for (String release : releases) {
			String pid = Long.toString(run);
			instances.add(new DefaultServiceInstance("orders:" + instances.size(), "orders", "127.0.0.1",
					8000 + instances.size(), false,
					release.isEmpty() ? Map.of("pid", pid) : Map.of("pid", pid, "release", release)));
		}
		this.registered = instances;
		assertThat(this.pool.out()).isZero();
		this.nanos.addAndGet(RAMP_UP.toNanos());
	}

	/** An instance of the release. */
	private void leaveOut(String release) {
		Attempt attempt = call(release).attempt().orElseThrow();
		int before = this.pool.out();
		attempt.end(Outcome.REFUSED);
		assertThat(this.pool.out()).isEqualTo(before + 1);
	}

	private Call call(@Nullable String release) {
		return new Call("orders", this.pool, new ReleaseChoice(release), this.retries, this.budget, this.meters,
				this.nanos::get, (members) -> true);
	}

	private static String release(Attempt attempt) {
		return Objects.requireNonNull(attempt.instance().getMetadata()).getOrDefault("release", "");
	}

	/** How many of so many requests each release got. */
	private Map<String, Long> shares(int requests, @Nullable String release) {
		return IntStream.range(0, requests).mapToObj((number) -> {
			Attempt attempt = call(release).attempt().orElseThrow();
			attempt.end(Outcome.ANSWERED);
			return release(attempt);
		}).collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
	}

	private static List<String> releasesTried(Call call) {
		return releasesTried(call, Outcome.NOT_SENT);
	}

	/** Of all attempts at a request, each of which ends like this. */
	private static List<String> releasesTried(Call call, Outcome end) {
		List<String> tried = new ArrayList<>();
		call.attempt().ifPresent((attempt) -> {
			tried.add(release(attempt));
			attempt.end(end);
			if (call.again(end).isPresent()) {
				tried.addAll(releasesTried(call, end));
			}
		});
		return tried;
	}

}
