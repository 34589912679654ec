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
import io.microplatform.instance.configuration.Refreshable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link ReleaseChoice}, with a clock that only the tests advance.
 */
class ReleaseChoiceTests {

	private static final int MANY = 10_000;

	/**
	 * Five standard deviations of what MANY choices with 90 % yield, which have 0.3 %.
	 */
	private static final double FIVE_SIGMA = 0.015 * MANY;

	private static final int SOME = 200;

	private static final Duration RAMP_UP = Duration.ofSeconds(3);

	private final Refreshable<EjectionProperties> ejection = new Refreshable<>(
			new EjectionProperties(5, 2, Duration.ofSeconds(1), Duration.ofSeconds(30), 0.5, "/health", RAMP_UP));

	private final Refreshable<RetryProperties> retries = new Refreshable<>(new RetryProperties(10,
			Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMillis(20), Duration.ofMillis(200), 1, 1000));

	private final RetryBudget budget = new RetryBudget(this.retries);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final AtomicLong nanos = new AtomicLong();

	private List<ServiceInstance> registered = List.of();

	private Map<String, Integer> weights = Map.of();

	private final InstancePool pool = new InstancePool("orders", () -> this.registered,
			(instance) -> new TrackedInstance(instance, this.ejection, this.nanos::get, this.meters), this.ejection,
			() -> this.weights, this.meters);

	@Test
	void weightsDivideTheRequestsAmongReleasesHoweverManyInstancesTheyHave() {
		register("1", "2", "2", "2");
		this.weights = Map.of("1", 90, "2", 10);
		assertThat((double) shares(MANY, null).getOrDefault("1", 0L)).isCloseTo(0.9 * MANY, within(FIVE_SIGMA));
	}

	@Test
	void weightsAreRelativeToEachOther() {
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
	void withinAReleaseTheInstanceWithTheFewestRequestsInFlightIsChosen() {
		register("1", "1", "2");
		this.weights = Map.of("1", 1);
		List<ServiceInstance> chosen = IntStream.range(0, 2)
			.mapToObj((number) -> request(null).attempt().orElseThrow().instance())
			.toList();
		assertThat(chosen).doesNotHaveDuplicates();
	}

	@Test
	void aReleaseWithWeightZeroOrWithoutWeightGetsNothing() {
		register("1", "2", "3", "");
		this.weights = Map.of("1", 100, "2", 0);
		assertThat(shares(SOME, null)).containsOnlyKeys("1");
	}

	@Test
	void changedWeightsApplyToTheNextRequest() {
		register("1", "2");
		this.weights = Map.of("1", 0, "2", 1);
		assertThat(shares(SOME, null)).containsOnlyKeys("2");
		this.weights = Map.of("1", 1, "2", 0);
		assertThat(shares(SOME, null)).containsOnlyKeys("1");
		this.weights = Map.of();
		assertThat(shares(SOME, null)).containsOnlyKeys("1", "2");
	}

	@Test
	void allInstancesAreUsedIfNoReleaseWithWeightIsThere() {
		register("1", "2");
		this.weights = Map.of("2", 0, "3", 100);
		assertThat(shares(SOME, null)).containsOnlyKeys("1", "2");
	}

	@Test
	void aReleaseWhoseInstancesAreEjectedGetsNothingAsLongAsThereIsAnother() {
		register("1", "2", "3");
		this.weights = Map.of("1", 50, "2", 50);
		eject("1");
		assertThat(shares(SOME, null)).containsOnlyKeys("2");
		eject("2");
		assertThat(shares(SOME, null)).as("better another release than no answer").containsOnlyKeys("3");
	}

	@Test
	void anEjectedInstanceIsTriedIfThereIsNoOther() {
		register("1", "1");
		this.weights = Map.of("1", 100);
		eject("1");
		BalancedRequest request = request(null);
		assertThat(releasesTried(request)).containsExactly("1", "1");
	}

	@Test
	void aRequestForAReleaseGoesThereWhateverItsWeight() {
		register("1", "1", "2");
		assertThat(shares(SOME, "2")).containsOnlyKeys("2");
		this.weights = Map.of("1", 100, "2", 0);
		assertThat(shares(SOME, "2")).containsOnlyKeys("2");
		eject("2");
		assertThat(shares(SOME, "2")).as("also when it is ejected").containsOnlyKeys("2");
	}

	@Test
	void aRequestForAReleaseIsSentToNoOther() {
		register("1", "2", "2");
		BalancedRequest request = request("2");
		assertThat(releasesTried(request)).containsExactly("2", "2");
		assertThat(request.retryDelay(AttemptOutcome.REFUSED)).isEmpty();
		BalancedRequest alone = request("1");
		assertThat(alone.giveUp(alone.attempt().orElseThrow())).isFalse();
	}

	@Test
	void aReleaseWithoutInstanceIsUnknown() {
		assertThat(request("3").isOfUnknownRelease()).as("there is no instance at all").isFalse();
		register("1", "2");
		this.weights = Map.of("3", 100);
		BalancedRequest request = request("3");
		assertThat(request.isOfUnknownRelease()).isTrue();
		assertThat(request.attempt()).isEmpty();
		assertThat(request("2").isOfUnknownRelease()).isFalse();
		assertThat(request(null).isOfUnknownRelease()).isFalse();
	}

	@Test
	void theNextAttemptStaysWithinTheReleaseAsLongAsItHasAnInstance() {
		register("1", "1", "2", "2", "3");
		this.weights = Map.of("1", 50, "2", 50);
		for (int i = 0; i < SOME; i++) {
			List<String> tried = releasesTried(request(null), AttemptOutcome.BROKE_OFF);
			assertThat(tried.subList(0, 2)).containsOnly(tried.getFirst());
			assertThat(tried.subList(2, 4)).doesNotContain(tried.getFirst()).containsOnly(tried.get(2));
			assertThat(tried.getLast()).isEqualTo("3");
			register("1", "1", "2", "2", "3");
		}
	}

	@Test
	void aSlowAnswerSendsNoRequestToAReleaseWithoutWeight() {
		register("1", "2");
		this.weights = Map.of("1", 100);
		BalancedRequest request = request(null);
		assertThat(request.giveUp(request.attempt().orElseThrow())).isFalse();
		register("1", "1", "2");
		BalancedRequest another = request(null);
		Attempt slow = another.attempt().orElseThrow();
		assertThat(another.giveUp(slow)).isTrue();
		assertThat(release(another.attempt().orElseThrow())).isEqualTo("1");
	}

	@Test
	void attemptsAreCountedByRelease() {
		register("1", "2", "");
		shares(SOME, null);
		assertThat(this.meters.get("balancer.attempts").counters())
			.extracting((counter) -> counter.getId().getTag("upstream.release"))
			.containsExactlyInAnyOrder("1", "2", "none");
	}

	/** Registers instances that are ramped up; an empty release is none. */
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
		assertThat(this.pool.ejected()).isZero();
		this.nanos.addAndGet(RAMP_UP.toNanos());
	}

	/** Ejects an instance of the release. */
	private void eject(String release) {
		Attempt attempt = request(release).attempt().orElseThrow();
		int before = this.pool.ejected();
		attempt.end(AttemptOutcome.REFUSED);
		assertThat(this.pool.ejected()).isEqualTo(before + 1);
	}

	private BalancedRequest request(@Nullable String release) {
		return new BalancedRequest(this.pool, new ReleaseChoice(release),
				new Idempotency(HttpMethod.GET, "/orders", false), this.retries, this.budget, this.nanos::get);
	}

	private static String release(Attempt attempt) {
		return Objects.requireNonNull(attempt.instance().getMetadata()).getOrDefault("release", "");
	}

	/** How many of so many requests each release got. */
	private Map<String, Long> shares(int requests, @Nullable String release) {
		return IntStream.range(0, requests).mapToObj((number) -> {
			Attempt attempt = request(release).attempt().orElseThrow();
			attempt.end(AttemptOutcome.ANSWERED);
			return release(attempt);
		}).collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
	}

	private static List<String> releasesTried(BalancedRequest request) {
		return releasesTried(request, AttemptOutcome.NOT_SENT);
	}

	/** Of all attempts at a request, each of which ends like this. */
	private static List<String> releasesTried(BalancedRequest request, AttemptOutcome end) {
		List<String> tried = new ArrayList<>();
		request.attempt().ifPresent((attempt) -> {
			tried.add(release(attempt));
			attempt.end(end);
			if (request.retryDelay(end).isPresent()) {
				tried.addAll(releasesTried(request, end));
			}
		});
		return tried;
	}

}
