package io.microplatform.instance.balancer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * The release of a service that one request goes to, by {@link TrafficProperties}.
 * Thread-safe.
 */
final class ReleaseChoice {

	private final @Nullable String requested;

	/** The release of the last attempt, chosen by weight. */
	private volatile @Nullable String chosen;

	/**
	 * Creates a choice that is made with the first attempt.
	 * @param requested the only release that the request may go to, {@code null} if the
	 * weights decide
	 */
	ReleaseChoice(@Nullable String requested) {
		this.requested = requested;
	}

	/** Whether the request may go to a single release only. */
	boolean isRequested() {
		return this.requested != null;
	}

	/** The instances that the request may go to. */
	List<TrackedInstance> allowed(List<TrackedInstance> instances) {
		String only = this.requested;
		return (only != null) ? ofRelease(only, instances) : instances;
	}

	/** Whether the weights let the request go to a release. */
	boolean hasWeight(String release, Map<String, Integer> weights) {
		return this.requested != null || weights.isEmpty() || weights.getOrDefault(release, 0) > 0;
	}

	/**
	 * Chooses a release: that of the attempt before if it is still there, otherwise one
	 * at random, in proportion to its weight.
	 * @param instances the instances to choose from
	 * @param weights the weights of the releases, empty if they have none
	 * @return the instances of the release; all if none has a release with weight
	 */
	List<TrackedInstance> among(List<TrackedInstance> instances, Map<String, Integer> weights) {
		if (this.requested != null || weights.isEmpty()) {
			return instances;
		}
		Map<String, Integer> present = new HashMap<>(weights);
		present.keySet().retainAll(instances.stream().map(TrackedInstance::release).toList());
		present.values().removeIf((weight) -> weight == 0);
		if (present.isEmpty()) {
			return instances;
		}
		String before = this.chosen;
		String release = (before != null && present.containsKey(before)) ? before : random(present);
		this.chosen = release;
		return ofRelease(release, instances);
	}

	private static String random(Map<String, Integer> weights) {
		int left = ThreadLocalRandom.current().nextInt(weights.values().stream().mapToInt(Integer::intValue).sum());
		for (Map.Entry<String, Integer> release : weights.entrySet()) {
			left -= release.getValue();
			if (left < 0) {
				return release.getKey();
			}
		}
		throw new IllegalArgumentException("No release has a weight");
	}

	private static List<TrackedInstance> ofRelease(String release, List<TrackedInstance> instances) {
		return instances.stream().filter((instance) -> instance.release().equals(release)).toList();
	}

}
