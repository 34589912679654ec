package io.microplatform.lab.drill;

import java.time.Duration;

import io.microplatform.local.process.RunRecord;

/**
 * Scenario that pauses one of three instances of each business service (SIGSTOP) for
 * longer than its lease, and then resumes it (SIGCONT).
 */
final class HangScenario implements Scenario {

	private static final Duration DETECTION = Duration.ofSeconds(2);

	private static final Duration PAUSE = Duration.ofSeconds(20);

	private static final Duration RECOVERY = Duration.ofSeconds(5);

	private static final Duration P99 = Duration.ofSeconds(1);

	@Override
	public String name() {
		return "hang";
	}

	@Override
	public int instances() {
		return 3;
	}

	@Override
	public int rounds() {
		return 3;
	}

	@Override
	public void runRound(DrillContext context) {
		for (String service : BUSINESS) {
			RunRecord target = context.anyOf(service);
			context.runPhase("SIGSTOP " + target.instance(), () -> {
				DrillContext.process(target).pause();
				context.continueFor(DETECTION);
			});
			context.runPhase("%s hangs".formatted(target.instance()), P99, () -> context.continueFor(PAUSE));
			context.runPhase("SIGCONT " + target.instance(), P99, () -> {
				DrillContext.process(target).resume();
				context.continueFor(RECOVERY);
			});
		}
	}

}
