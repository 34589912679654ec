package io.microplatform.lab.drill;

import java.util.ArrayList;
import java.util.List;

/**
 * Scenario that restarts each business service, one instance after another, and the
 * servers if they run in pairs.
 */
final class RestartScenario implements Scenario {

	@Override
	public String name() {
		return "restart";
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
		List<String> services = new ArrayList<>(BUSINESS);
		if (context.hasPairs()) {
			services.addAll(DrillContext.SERVERS);
		}
		services
			.forEach((service) -> context.runPhase("restart " + service, () -> context.platform().restart(service)));
	}

}
