package io.microplatform.acceptance.drill;

import java.time.Duration;
import java.util.Locale;

import io.microplatform.local.process.RunRecord;

/**
 * One of three instances of each business service dies (SIGKILL), and is started again.
 */
final class KillExercise implements Exercise {

	private static final Duration LEARNING = Duration.ofSeconds(1);

	private static final Duration FAULT = Duration.ofSeconds(4);

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
	public void round(Field field) {
		for (String service : BUSINESS) {
			RunRecord victim = field.anyOf(service);
			field.during("kill -9 " + victim.instance(), P99, () -> kill(victim, field));
			field.during("start of " + victim.instance(), field.platform()::up);
		}
	}

	private static void kill(RunRecord victim, Field field) {
		Field.process(victim).kill();
		field.wait(LEARNING);
		long learnt = field.attemptsAt(victim);
		field.wait(FAULT);
		long since = field.attemptsAt(victim) - learnt;
		if (since > 0) {
			field.object(String.format(Locale.ROOT, "%d attempts at %s more than %d s after its death", since,
					victim.instance(), LEARNING.toSeconds()));
		}
	}

}
