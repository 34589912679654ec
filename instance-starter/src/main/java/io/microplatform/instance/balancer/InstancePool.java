package io.microplatform.instance.balancer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.client.ServiceInstance;

/**
 * The instances of one service that the registry names, with what this caller has learned
 * about them. The next attempt goes to the instance with the fewest requests in flight,
 * within one release if releases have weights ({@link TrafficProperties}), so that a slow
 * instance gets less and one that hangs soon gets nothing. Instances that fail are
 * ejected, but never more than a share of all; an ejected instance is chosen only if
 * there is no other. Thread-safe.
 */
final class InstancePool {

	private static final Logger log = LoggerFactory.getLogger(InstancePool.class);

	/** Long enough for the last values of the meters to be collected. */
	private static final Duration RETENTION = Duration.ofMinutes(10);

	private final String service;

	private final Supplier<List<ServiceInstance>> registry;

	private final Function<ServiceInstance, TrackedInstance> tracking;

	private final Refreshable<EjectionProperties> properties;

	private final Supplier<Map<String, Integer>> weights;

	private final MeterProvider<Counter> ejections;

	private final MeterProvider<Counter> retries;

	/** The sum of what the answers of all instances add ({@link FailureStreak}). */
	private final AtomicLong score = new AtomicLong();

	private final Map<List<@Nullable Object>, TrackedInstance> tracked = new HashMap<>();

	InstancePool(String service, Supplier<List<ServiceInstance>> registry,
			Function<ServiceInstance, TrackedInstance> tracking, Refreshable<EjectionProperties> properties,
			Supplier<Map<String, Integer>> weights, MeterRegistry meters) {
		this.service = service;
		this.registry = registry;
		this.tracking = tracking;
		this.properties = properties;
		this.weights = weights;
		this.ejections = Counter.builder("balancer.ejections")
			.description("Instances that were ejected, by the last failure")
			.tag("upstream", service)
			.withRegistry(meters);
		this.retries = Counter.builder("balancer.retries")
			.description("Requests that were sent again, by the reason")
			.tag("upstream", service)
			.withRegistry(meters);
		// A rate does not include the first event of a time series that begins with it.
		for (AttemptOutcome reason : EnumSet.complementOf(EnumSet.of(AttemptOutcome.ANSWERED))) {
			of(this.ejections, reason);
			of(this.retries, reason);
		}
	}

	private static Counter of(MeterProvider<Counter> counters, AttemptOutcome reason) {
		return counters.withTag("reason", reason.tag());
	}

	String service() {
		return this.service;
	}

	/**
	 * Chooses the instance for the next attempt at a request.
	 * @param tried the instances that the request was sent to without success
	 * @param release the release that the request goes to
	 * @return the instance, empty if there is no other
	 */
	Optional<TrackedInstance> choose(Collection<TrackedInstance> tried, ReleaseChoice release) {
		List<TrackedInstance> available = preferred(others(tried, release), (instance) -> !instance.isEjected());
		List<TrackedInstance> considered = new ArrayList<>(preferred(release.among(available, this.weights.get()),
				(instance) -> ThreadLocalRandom.current().nextDouble() < instance.weight()));
		// Otherwise the first of several with as few would get most requests.
		Collections.shuffle(considered, ThreadLocalRandom.current());
		return considered.stream().min(Comparator.comparingInt(TrackedInstance::inFlight));
	}

	/** The instances that the registry names, except some, that a request may go to. */
	List<TrackedInstance> others(Collection<TrackedInstance> used, ReleaseChoice release) {
		return release.allowed(registered()).stream().filter((instance) -> !used.contains(instance)).toList();
	}

	/**
	 * Whether a request that an instance could still answer may go to another instance:
	 * not to an ejected one, nor to a release without weight as long as there is one with
	 * weight.
	 * @param used the instances that the request was sent to
	 * @param release the release that the request goes to
	 */
	boolean hasAlternative(Collection<TrackedInstance> used, ReleaseChoice release) {
		Map<String, Integer> now = this.weights.get();
		List<TrackedInstance> weighted = preferred(release.allowed(registered()),
				(instance) -> release.hasWeight(instance.release(), now));
		return preferred(others(used, release), (instance) -> !instance.isEjected()).stream()
			.anyMatch(weighted::contains);
	}

	/** Whether there are instances, but none that the request may go to. */
	boolean isUnknown(ReleaseChoice release) {
		List<TrackedInstance> all = registered();
		return !all.isEmpty() && release.allowed(all).isEmpty();
	}

	/** Those that match; all if none matches. */
	private static List<TrackedInstance> preferred(List<TrackedInstance> all, Predicate<TrackedInstance> condition) {
		List<TrackedInstance> matching = all.stream().filter(condition).toList();
		return matching.isEmpty() ? all : matching;
	}

	/** Learns from the outcome of an attempt, and ejects the instance if need be. */
	void learn(TrackedInstance instance, AttemptOutcome outcome) {
		int change = switch (outcome) {
			case ANSWERED -> FailureStreak.GOOD_ANSWER;
			case ERRED -> FailureStreak.ERROR;
			default -> 0;
		};
		if (instance.learn(outcome, () -> this.score.addAndGet(change))) {
			eject(instance, outcome);
		}
	}

	/** Learns from the outcome of a request that is not a {@link BalancedRequest}. */
	void learn(ServiceInstance instance, AttemptOutcome outcome) {
		find(instance).ifPresent((known) -> learn(known, outcome));
	}

	private synchronized Optional<TrackedInstance> find(ServiceInstance instance) {
		return Optional.ofNullable(this.tracked.get(run(instance)));
	}

	/** Ejects an instance, unless too many are ejected already. */
	private synchronized void eject(TrackedInstance instance, AttemptOutcome reason) {
		if (!instance.isEjected() && ejected() < this.properties.get().maxEjected(registered().size())) {
			instance.eject();
			of(this.ejections, reason).increment();
			log.warn("Ejected {} of {}: {}", instance.name(), this.service, reason.tag());
		}
	}

	/** Counts a request that is sent again because of the outcome of an attempt. */
	void countRetry(AttemptOutcome reason) {
		of(this.retries, reason).increment();
	}

	/** The ejected instances that are to be probed now. */
	List<TrackedInstance> dueForProbe() {
		return registered().stream().filter(TrackedInstance::isProbeDue).toList();
	}

	/** The number of ejected instances. */
	int ejected() {
		return (int) registered().stream().filter(TrackedInstance::isEjected).count();
	}

	/**
	 * Forgets instances that left the registry long ago. Their meters go as well, unless
	 * another run of the instance uses them.
	 */
	synchronized void forgetDeparted() {
		Set<String> names = registered().stream().map(TrackedInstance::name).collect(Collectors.toSet());
		this.tracked.values().removeIf((instance) -> {
			boolean departed = instance.isUnseenFor(RETENTION);
			if (departed && !names.contains(instance.name())) {
				instance.removeMeters();
			}
			return departed;
		});
	}

	/** The instances that the registry names now. */
	synchronized List<TrackedInstance> registered() {
		return this.registry.get().stream().map(this::track).distinct().toList();
	}

	private TrackedInstance track(ServiceInstance instance) {
		TrackedInstance known = this.tracked.computeIfAbsent(run(instance), (run) -> this.tracking.apply(instance));
		known.seen();
		return known;
	}

	/** Tells a run of an instance from the run before it at the same address. */
	private static List<@Nullable Object> run(ServiceInstance instance) {
		@Nullable Map<String, String> given = instance.getMetadata();
		Map<String, String> metadata = (given != null) ? given : Map.of();
		return Arrays.asList(instance.getInstanceId(), instance.getUri(), metadata.get("pid"), metadata.get("release"),
				metadata.get(KeyedCalls.METADATA));
	}

}
