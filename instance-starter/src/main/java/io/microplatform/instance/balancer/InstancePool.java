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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.client.ServiceInstance;

/**
 * The instances of one service, as the registry names them and as this caller knows them.
 * The next attempt goes to the one with the fewest under way, so that a slow one gets
 * less and one that hangs soon nothing. Left out is who refused a connection, did not
 * answer in time or failed repeatedly, but never more than a share of all; where there is
 * nobody else, even those are tried. Thread-safe.
 */
final class InstancePool {

	private static final Logger log = LoggerFactory.getLogger(InstancePool.class);

	private static final Comparator<Member> FEWEST_UNDER_WAY = Comparator.comparingInt(Member::inFlight);

	private final String service;

	private final Supplier<List<ServiceInstance>> registered;

	private final Function<ServiceInstance, Member> newcomers;

	private final EjectionProperties properties;

	private Map<Run, Member> members = Map.of();

	/** Who is not named any more, to be forgotten. */
	private final List<Member> gone = new ArrayList<>();

	InstancePool(String service, Supplier<List<ServiceInstance>> registered,
			Function<ServiceInstance, Member> newcomers, EjectionProperties properties) {
		this.service = service;
		this.registered = registered;
		this.newcomers = newcomers;
		this.properties = properties;
	}

	/**
	 * Chooses an instance.
	 * @param tried which have been tried and are of no use any more
	 * @return the instance, empty when there is no other
	 */
	Optional<Member> choose(List<Member> tried) {
		List<Member> left = new ArrayList<>(members());
		left.removeAll(tried);
		List<Member> in = some(left, (member) -> !member.isOut());
		List<Member> considered = new ArrayList<>(
				some(in, (member) -> ThreadLocalRandom.current().nextDouble() < member.weight()));
		// So that of several with as few any may be the first.
		Collections.shuffle(considered, ThreadLocalRandom.current());
		return considered.stream().min(FEWEST_UNDER_WAY);
	}

	/** Those that fit; all when none does. */
	private static List<Member> some(List<Member> all, Predicate<Member> fits) {
		List<Member> some = all.stream().filter(fits).toList();
		return some.isEmpty() ? all : some;
	}

	/** To be told of each attempt at a member that has ended. */
	void ended(Member member, Outcome outcome) {
		if (!member.end(outcome) || member.isOut()) {
			return;
		}
		synchronized (this) {
			long out = this.members.values().stream().filter(Member::isOut).count();
			if (out < this.properties.mayBeOut(this.members.size())) {
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
	private record Run(@Nullable String id, URI uri, @Nullable String pid) {

		static Run of(ServiceInstance instance) {
			@Nullable Map<String, String> metadata = instance.getMetadata();
			return new Run(instance.getInstanceId(), instance.getUri(),
					(metadata != null) ? metadata.get("pid") : null);
		}

	}

}
