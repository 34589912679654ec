package io.microplatform.acceptance.drill;

import java.time.Duration;

import io.microplatform.local.process.RunRecord;

/**
 * One of three instances of each business service stands still (SIGSTOP), for longer than
 * its lease, and goes on (SIGCONT).
 */
final class HangExercise implements Exercise {

	private static final Duration LEARNING = Duration.ofSeconds(2);

	private static final Duration HANGING = Duration.ofSeconds(20);

	private static final Duration AFTERWARDS = Duration.ofSeconds(5);

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
	public void round(Field field) {
		for (String service : BUSINESS) {
			RunRecord victim = field.anyOf(service);
			field.during("SIGSTOP " + victim.instance(), () -> {
				Field.process(victim).pause();
				field.wait(LEARNING);
			});
			field.during("%s hangs".formatted(victim.instance()), P99, () -> field.wait(HANGING));
			field.during("SIGCONT " + victim.instance(), P99, () -> {
				Field.process(victim).resume();
				field.wait(AFTERWARDS);
			});
		}
	}

}
