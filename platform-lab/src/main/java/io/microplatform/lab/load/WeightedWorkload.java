package io.microplatform.lab.load;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Workload that selects one of several workloads at random, in proportion to their
 * weights. Not thread-safe.
 */
public final class WeightedWorkload implements Workload {

	private final NavigableMap<Integer, Workload> parts = new TreeMap<>();

	private final RandomGenerator random;

	/**
	 * Creates a workload without parts.
	 * @param random selects the parts; the same seed produces the same sequence of calls
	 */
	public WeightedWorkload(RandomGenerator random) {
		this.random = random;
	}

	/**
	 * Adds a workload.
	 * @param weight the weight, at least 1
	 * @param part the workload
	 * @return this
	 */
	public WeightedWorkload with(int weight, Workload part) {
		if (weight < 1) {
			throw new IllegalArgumentException("invalid weight " + weight + ": must be at least 1");
		}
		this.parts.put(total() + weight, part);
		return this;
	}

	@Override
	public LoadCall next() {
		return this.parts.higherEntry(this.random.nextInt(total())).getValue().next();
	}

	private int total() {
		return this.parts.isEmpty() ? 0 : this.parts.lastKey();
	}

}
