package io.microplatform.local.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Polls for a condition that another process makes true.
 */
public final class Await {

	private static final Duration INTERVAL = Duration.ofMillis(50);

	private Await() {
	}

	/** Returns whether it became true within that time, looking twenty times a second. */
	public static boolean until(Duration patience, BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - start > patience.toNanos()) {
				return false;
			}
			try {
				Thread.sleep(INTERVAL);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}
		return true;
	}

}
