package io.microplatform.acceptance.drill;

import java.time.Duration;

import io.microplatform.local.process.RunRecord;

/**
 * The whole registry dies (SIGKILL), and comes back a minute later, empty; where there
 * are two of each server, one of each dies as well.
 */
final class RegistryExercise implements Exercise {

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
			field.platform().processes().instancesOf(Field.REGISTRY).forEach((server) -> Field.process(server).kill());
			field.wait(GONE);
		});
		field.during("a registry that knows nobody", () -> {
			field.platform().up();
			field.wait(AFTERWARDS);
		});
		if (field.hasPairs()) {
			Field.SERVERS.forEach((server) -> oneDies(server, field));
		}
	}

	private static void oneDies(String server, Field field) {
		RunRecord victim = field.anyOf(server);
		field.during("kill -9 " + victim.instance(), () -> {
			Field.process(victim).kill();
			field.wait(AFTERWARDS);
		});
		field.during("start of " + victim.instance(), field.platform()::up);
	}

}
