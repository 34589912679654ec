package io.microplatform.lab.drill;

import java.time.Duration;
import java.util.Locale;

import io.microplatform.local.process.RunRecord;

/**
 * Scenario that kills one of three instances of each business service (SIGKILL), and then
 * starts it again.
 */
final class KillScenario implements Scenario {

	private static final Duration DETECTION = Duration.ofSeconds(1);

	private static final Duration OBSERVATION = Duration.ofSeconds(4);

	private static final Duration P99 = Duration.ofMillis(500);

	@Override
	public String name() {
		return "kill";
	}

	@Override
	public int instances() {
		return 3;
	}

	@Override
	public int rounds() {
		return 10;
	}

	@Override
	public void runRound(DrillContext context) {
		for (String service : BUSINESS) {
			RunRecord target = context.anyOf(service);
			context.runPhase("kill -9 " + target.instance(), P99, () -> kill(target, context));
			context.runPhase("start of " + target.instance(), context.platform()::up);
		}
	}

	private static void kill(RunRecord target, DrillContext context) {
		long atKill = context.attemptsAt(target);
		DrillContext.process(target).kill();
		context.continueFor(DETECTION);
		long before = context.attemptsAt(target);
		context.continueFor(OBSERVATION);
		long further = context.attemptsAt(target) - before;
		// At a low rate, the attempt that each gateway learns from can be as late.
		long allowed = (before == atKill) ? context.gateways() : 0;
		if (further > allowed) {
			context.reportViolation(String.format(Locale.ROOT, "%d attempts at %s more than %d s after it was killed",
					further, target.instance(), DETECTION.toSeconds()));
		}
	}

}
