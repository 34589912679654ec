package io.microplatform.instance.balancer;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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

import io.microplatform.instance.configuration.Live;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.client.ServiceInstance;

/**
 * The instances of one service, as the registry names them and as this caller knows them.
 * The next attempt goes to the one with the fewest under way, so that a slow one gets
 * less and one that hangs soon nothing; of one release, when releases are weighed
 * ({@link TrafficProperties}). Left out is who refused a connection, did not answer in
 * time or failed repeatedly, but never more than a share of all; where there is nobody
 * else, even those are tried. Thread-safe.
 */
final class InstancePool {

	private static final Logger log = LoggerFactory.getLogger(InstancePool.class);

	private static final Comparator<Member> FEWEST_UNDER_WAY = Comparator.comparingInt(Member::inFlight);

	private final String service;

	private final Supplier<List<ServiceInstance>> registered;

	private final Function<ServiceInstance, Member> newcomers;

	private final Live<EjectionProperties> properties;

	private final Supplier<Map<String, Integer>> weights;

	/** Of the answers of all instances. */
	private final AtomicLong score = new AtomicLong();

	private Map<Run, Member> members = Map.of();

	/** Who is not named any more, to be forgotten. */
	private final List<Member> gone = new ArrayList<>();

	InstancePool(String service, Supplier<List<ServiceInstance>> registered,
			Function<ServiceInstance, Member> newcomers, Live<EjectionProperties> properties,
			Supplier<Map<String, Integer>> weights) {
		this.service = service;
		this.registered = registered;
		this.newcomers = newcomers;
		this.properties = properties;
		this.weights = weights;
	}

	/**
	 * Chooses an instance.
	 * @param tried which have been tried and are of no use any more
	 * @param release which release the request goes to
	 * @return the instance, empty when there is no other
	 */
	Optional<Member> choose(List<Member> tried, ReleaseChoice release) {
		List<Member> in = some(left(tried, release), (member) -> !member.isOut());
		List<Member> ofOneRelease = release.among(in, this.weights.get());
		List<Member> considered = new ArrayList<>(
				some(ofOneRelease, (member) -> ThreadLocalRandom.current().nextDouble() < member.weight()));
		// So that of several with as few any may be the first.
		Collections.shuffle(considered, ThreadLocalRandom.current());
		return considered.stream().min(FEWEST_UNDER_WAY);
	}

	/** The instances that the registry names now, and others. */
	List<Member> with(List<Member> others) {
		List<Member> all = new ArrayList<>(members());
		all.addAll(others);
		return all;
	}

	/** Whether there is an instance that has not been tried. */
	boolean hasAnother(List<Member> tried, ReleaseChoice release) {
		return !left(tried, release).isEmpty();
	}

	/**
	 * Whether there is somebody to whom a request may be given that somebody else has and
	 * could still answer: nobody of a release that weighs nothing, as long as there is
	 * one that weighs something.
	 * @param used which have been tried, or have the request now
	 */
	boolean hasAlternative(List<Member> used, ReleaseChoice release) {
		List<Member> all = release.allowed(members());
		Map<String, Integer> now = this.weights.get();
		List<Member> weighty = some(all, (member) -> release.weighsSomething(member.release(), now));
		return some(without(used, all), (member) -> !member.isOut()).stream().anyMatch(weighty::contains);
	}

	private List<Member> left(List<Member> tried, ReleaseChoice release) {
		return without(tried, release.allowed(members()));
	}

	private static List<Member> without(List<Member> some, List<Member> all) {
		List<Member> others = new ArrayList<>(all);
		others.removeAll(some);
		return others;
	}

	/** Whether there are instances, but none that the request may go to. */
	boolean isOfUnknownRelease(ReleaseChoice release) {
		List<Member> all = members();
		return !all.isEmpty() && release.allowed(all).isEmpty();
	}

	/** Those that fit; all when none does. */
	private static List<Member> some(List<Member> all, Predicate<Member> fits) {
		List<Member> some = all.stream().filter(fits).toList();
		return some.isEmpty() ? all : some;
	}

	/** To be told of each attempt at a member that has ended. */
	void ended(Member member, Outcome outcome) {
		int change = switch (outcome) {
			case ANSWERED -> Member.GOOD;
			case ERRED -> Member.ERROR;
			default -> 0;
		};
		if (member.end(outcome, this.score.addAndGet(change))) {
			leaveOut(member, outcome);
		}
	}

	/** Ejects an instance, unless too many are ejected already. */
	private void leaveOut(Member member, Outcome outcome) {
		if (member.isOut()) {
			return;
		}
		synchronized (this) {
			long out = this.members.values().stream().filter(Member::isOut).count();
			if (out < this.properties.get().mayBeOut(this.members.size())) {
				member.eject();
				log.warn("{} is left out of {}: {}", member, this.service, outcome.tag());
			}
		}
	}

	/** Those that are out and may be asked whether they are well. */
	List<Member> toBeProbed() {
		return members().stream().filter(Member::isToBeProbed).toList();
	}

	int out() {
		return (int) members().stream().filter(Member::isOut).count();
	}

	/**
	 * Drops what was counted of those that have been gone for long, unless another run
	 * goes on under the same name: instances may come and go for years.
	 */
	synchronized void forgetThoseLongGone() {
		Set<String> names = members().stream().map(Member::name).collect(Collectors.toSet());
		this.gone.removeIf((member) -> {
			boolean isForgotten = member.isLongGone();
			if (isForgotten && !names.contains(member.name())) {
				member.forgetCounts();
			}
			return isForgotten;
		});
	}

	/** As the registry names them now; who stays is remembered. */
	private synchronized List<Member> members() {
		List<ServiceInstance> instances = this.registered.get();
		Map<Run, Member> now = HashMap.newHashMap(instances.size());
		for (ServiceInstance instance : instances) {
			Run run = Run.of(instance);
			@Nullable Member known = this.members.get(run);
			now.put(run, (known != null) ? known : this.newcomers.apply(instance));
		}
		this.members.forEach((run, member) -> {
			if (!now.containsKey(run)) {
				member.leave();
				this.gone.add(member);
			}
		});
		this.members = now;
		return List.copyOf(now.values());
	}

	/**
	 * Tells an instance from the one that was at its place before.
	 */
	private record Run(@Nullable String id, URI uri, @Nullable String pid, @Nullable String release,
			@Nullable String keyedCalls) {

		static Run of(ServiceInstance instance) {
			@Nullable Map<String, String> given = instance.getMetadata();
			Map<String, String> metadata = (given != null) ? given : Map.of();
			return new Run(instance.getInstanceId(), instance.getUri(), metadata.get("pid"), metadata.get("release"),
					metadata.get(KeyedCalls.METADATA));
		}

	}

}
