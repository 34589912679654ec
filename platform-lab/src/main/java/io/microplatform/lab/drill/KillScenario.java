package io.microplatform.lab.drill;

import java.time.Duration;
import java.util.Locale;

import io.microplatform.lab.platform.MetricsSnapshot;
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
		long atKill = attemptsAt(target, context);
		DrillContext.process(target).kill();
		context.continueFor(DETECTION);
		long before = attemptsAt(target, context);
		context.continueFor(OBSERVATION);
		long further = attemptsAt(target, context) - before;
		// At a low rate, the attempt that each gateway learns from can be as late.
		long allowed = (before == atKill) ? context.gateways() : 0;
		if (further > allowed) {
			context.reportViolation(String.format(Locale.ROOT, "%d attempts at %s more than %d s after it was killed",
					further, target.instance(), DETECTION.toSeconds()));
		}
	}

	/**
	 * Returns the number of attempts that the gateways have made at an instance,
	 * including failed ones.
	 */
	private static long attemptsAt(RunRecord instance, DrillContext context) {
		return context.platform()
			.processes()
			.instancesOf(DrillContext.GATEWAY)
			.stream()
			.mapToLong((gateway) -> MetricsSnapshot.of(gateway)
				.count("balancer_attempts_total",
						String.format(Locale.ROOT, "upstream_instance=\"%s:%d\"", instance.name(), instance.port())))
			.sum();
	}

}
