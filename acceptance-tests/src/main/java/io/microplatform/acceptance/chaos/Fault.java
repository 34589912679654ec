package io.microplatform.acceptance.chaos;

import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * What happens to processes and their children.
 *
 * @param part what the processes are instances of
 * @param everyInstance whether all of them are struck at once, or one
 * @param paused for how long they are held where they are (SIGSTOP, SIGCONT); zero when
 * they are killed (SIGKILL)
 */
record Fault(String part, boolean everyInstance, Duration paused) {

	private static final int SHORTEST_MILLIS = 2_000;

	private static final int LONGEST_MILLIS = 12_000;

	/** Half of all faults kill, the others pause; half strike one instance. */
	static Fault of(String part, RandomGenerator random) {
		boolean everyInstance = random.nextBoolean();
		return new Fault(part, everyInstance, random.nextBoolean() ? Duration.ZERO
				: Duration.ofMillis(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS)));
	}

	boolean kills() {
		return this.paused.isZero();
	}

	@Override
	public String toString() {
		return kills() ? "kill -9" : String.format(Locale.ROOT, "pause for %.1f s", this.paused.toMillis() / 1000.0);
	}

}
