package io.microplatform.lab.chaos;

import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A fault of one component, which kills or pauses its processes and their children.
 *
 * @param component the component whose processes are affected
 * @param allInstances whether all instances are affected, or a random one
 * @param pause the time between SIGSTOP and SIGCONT; zero if the processes are killed
 * (SIGKILL)
 */
record Fault(String component, boolean allInstances, Duration pause) {

	private static final int MIN_MILLIS = 2_000;

	private static final int MAX_MILLIS = 12_000;

	/**
	 * Creates a random fault: half of all faults kill and the others pause, and half
	 * affect all instances.
	 */
	static Fault of(String component, RandomGenerator random) {
		boolean allInstances = random.nextBoolean();
		return new Fault(component, allInstances,
				random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(random.nextInt(MIN_MILLIS, MAX_MILLIS)));
	}

	boolean kills() {
		return this.pause.isZero();
	}

	@Override
	public String toString() {
		return kills() ? "kill -9" : String.format(Locale.ROOT, "pause for %.1f s", this.pause.toMillis() / 1000.0);
	}

}
