package io.microplatform.lab.drill;

import java.time.Duration;
import java.util.Locale;

/**
 * Scenario that changes nothing itself. Counts the calls that fail while something else
 * changes the platform, such as a rolling update of its containers.
 */
final class LoadScenario implements Scenario {

	private static final Duration ROUND = Duration.ofMinutes(1);

	@Override
	public String name() {
		return "load";
	}

	@Override
	public int instances() {
		return 1;
	}

	@Override
	public int rounds() {
		return 1;
	}

	@Override
	public boolean needsControl() {
		return false;
	}

	@Override
	public void runRound(DrillContext context) {
		context.runPhase(String.format(Locale.ROOT, "calls for %d s", ROUND.toSeconds()),
				() -> context.continueFor(ROUND));
	}

}
