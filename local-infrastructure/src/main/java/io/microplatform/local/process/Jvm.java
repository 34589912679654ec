package io.microplatform.local.process;

import java.util.List;

/**
 * How the platform's JVMs run on one machine, where six of them share a few cores.
 */
public enum Jvm {

	/**
	 * With the quick compiler only: ready in half the CPU time, and it takes less memory.
	 */
	QUICK(1),

	/**
	 * With the optimizing compiler as well, as a server that stays: a request takes about
	 * half the CPU time, once minutes of load have paid for the compiling.
	 */
	FULL(4);

	/** Of the JVM's tiers of compilation. */
	private final int highestTier;

	Jvm(int highestTier) {
		this.highestTier = highestTier;
	}

	public List<String> flags() {
		return List.of(
				// A collector without threads and tables of its own: the heaps are small.
				"-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=" + this.highestTier,
				// Eight bytes less for every object.
				"-XX:+UseCompactObjectHeaders",
				// A JVM without memory is gone, not half alive: `status` shows it, `up`
				// repairs it.
				"-XX:+ExitOnOutOfMemoryError");
	}

}
