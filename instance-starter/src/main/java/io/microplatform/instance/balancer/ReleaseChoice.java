package io.microplatform.instance.balancer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * Which release of a service one request goes to, as {@link TrafficProperties} says.
 * Thread-safe.
 */
final class ReleaseChoice {

	private final @Nullable String demanded;

	/** By the weights, for the last attempt. */
	private volatile @Nullable String chosen;

	/**
	 * A choice that is made with the first attempt.
	 * @param demanded the only release that will do, null when the weights decide
	 */
	ReleaseChoice(@Nullable String demanded) {
		this.demanded = demanded;
	}

	/** Those that the request may go to. */
	List<Member> allowed(List<Member> members) {
		String only = this.demanded;
		return (only != null) ? ofRelease(only, members) : members;
	}

	/** Whether the request may go to a release because of its weight. */
	boolean weighsSomething(String release, Map<String, Integer> weights) {
		return this.demanded != null || weights.isEmpty() || weights.getOrDefault(release, 0) > 0;
	}

	/**
	 * Chooses a release, the one of the attempt before when it is still there.
	 * @param members of whom one is to be tried
	 * @param weights of the releases; none when they do not matter
	 * @return those of the release; all when none of theirs weighs anything
	 */
	List<Member> among(List<Member> members, Map<String, Integer> weights) {
		if (this.demanded != null || weights.isEmpty()) {
			return members;
		}
		Map<String, Integer> there = new HashMap<>();
		for (Member member : members) {
			if (weighsSomething(member.release(), weights)) {
				there.put(member.release(), weights.getOrDefault(member.release(), 0));
			}
		}
		if (there.isEmpty()) {
			return members;
		}
		String before = this.chosen;
		String release = (before != null && there.containsKey(before)) ? before : byChance(there);
		this.chosen = release;
		return ofRelease(release, members);
	}

	/** Of releases that weigh something, of which there is at least one. */
	private static String byChance(Map<String, Integer> weights) {
		int left = ThreadLocalRandom.current().nextInt(weights.values().stream().mapToInt(Integer::intValue).sum());
		for (Map.Entry<String, Integer> release : weights.entrySet()) {
			left -= release.getValue();
			if (left < 0) {
				return release.getKey();
			}
		}
		throw new IllegalArgumentException("nothing weighs anything");
	}

	private static List<Member> ofRelease(String release, List<Member> members) {
		return members.stream().filter((member) -> member.release().equals(release)).toList();
	}

}
