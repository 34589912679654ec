package io.microplatform.acceptance.load;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Workloads mixed by weight: a part with twice the weight of another is asked twice as
 * often. Not thread-safe.
 */
public final class Mix implements Workload {

	private final NavigableMap<Integer, Workload> parts = new TreeMap<>();

	private final RandomGenerator random;

	/**
	 * A mix of nothing yet.
	 * @param random decides; with the same seed, the same calls come in the same order
	 */
	public Mix(RandomGenerator random) {
		this.random = random;
	}

	/**
	 * Adds a part.
	 * @param weight its weight, at least 1
	 * @param part the part
	 * @return this
	 */
	public Mix with(int weight, Workload part) {
		if (weight < 1) {
			throw new IllegalArgumentException("A weight of " + weight + " is less than 1");
		}
		this.parts.put(total() + weight, part);
		return this;
	}

	@Override
	public Call next() {
		return this.parts.higherEntry(this.random.nextInt(total())).getValue().next();
	}

	private int total() {
		return this.parts.isEmpty() ? 0 : this.parts.lastKey();
	}

}
