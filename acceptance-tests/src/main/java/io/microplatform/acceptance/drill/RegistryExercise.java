package io.microplatform.acceptance.drill;

import java.time.Duration;

/**
 * The registry dies (SIGKILL), and comes back a minute later, empty.
 */
final class RegistryExercise implements Exercise {

	private static final String REGISTRY = "discovery-server";

	private static final Duration GONE = Duration.ofSeconds(60);

	private static final Duration AFTERWARDS = Duration.ofSeconds(15);

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
	public void round(Field field) {
		field.during("no registry", () -> {
			field.platform().processes().instancesOf(REGISTRY).forEach((server) -> Field.process(server).kill());
			field.wait(GONE);
		});
		field.during("a registry that knows nobody", () -> {
			field.platform().up();
			field.wait(AFTERWARDS);
		});
	}

}
