package io.microplatform.lab.drill;

import java.time.Duration;

import io.microplatform.local.process.RunRecord;

/**
 * Scenario that kills the whole registry (SIGKILL) and starts it again, empty, after a
 * minute. With pairs of servers it then kills one of each.
 */
final class RegistryScenario implements Scenario {

	private static final Duration OUTAGE = Duration.ofSeconds(60);

	private static final Duration RECOVERY = Duration.ofSeconds(15);

	@Override
	public String name() {
		return "registry";
	}

	@Override
	public int instances() {
		return 2;
	}

	@Override
	public int rounds() {
		return 1;
	}

	@Override
	public void runRound(DrillContext context) {
		context.runPhase("registry killed", () -> {
			context.platform()
				.processes()
				.instancesOf(DrillContext.REGISTRY)
				.forEach((server) -> DrillContext.process(server).kill());
			context.continueFor(OUTAGE);
		});
		context.runPhase("registry started, empty", () -> {
			context.platform().up();
			context.continueFor(RECOVERY);
		});
		if (context.hasPairs()) {
			DrillContext.SERVERS.forEach((server) -> killOne(server, context));
		}
	}

	private static void killOne(String server, DrillContext context) {
		RunRecord target = context.anyOf(server);
		context.runPhase("kill -9 " + target.instance(), () -> {
			DrillContext.process(target).kill();
			context.continueFor(RECOVERY);
		});
		context.runPhase("start of " + target.instance(), context.platform()::up);
	}

}
