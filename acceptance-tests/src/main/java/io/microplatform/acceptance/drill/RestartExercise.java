package io.microplatform.acceptance.drill;

import java.util.ArrayList;
import java.util.List;

import io.microplatform.acceptance.platform.CommandOutput;
import io.microplatform.acceptance.platform.PlatformFailedException;

/**
 * Each service is restarted, one instance after the other: the business services, and the
 * servers, when there are two of each.
 */
final class RestartExercise implements Exercise {

	private static final List<String> SERVERS = List.of("discovery-server", "config-server", "api-gateway");

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
	public void round(Field field) {
		List<String> services = new ArrayList<>(BUSINESS);
		if (field.hasPairs()) {
			services.addAll(SERVERS);
		}
		services.forEach((service) -> field.during("restart " + service, () -> restart(service, field)));
	}

	private static void restart(String service, Field field) {
		CommandOutput output = field.platform().run("restart", service);
		if (output.exitCode() != 0) {
			throw new PlatformFailedException("./platform restart %s:%n%s".formatted(service, output.text()), null);
		}
	}

}
