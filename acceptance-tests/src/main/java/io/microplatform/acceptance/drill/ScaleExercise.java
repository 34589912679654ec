package io.microplatform.acceptance.drill;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Each business service grows from one instance to three, and shrinks again.
 */
final class ScaleExercise implements Exercise {

	private static final int MANY = 3;

	/** From ready to carrying its share. */
	private static final Duration SETTLING = Duration.ofSeconds(5);

	/**
	 * So many requests tell a cold instance from chance: of 200 that go to one of three
	 * at random, fewer than 60 % of a third go to the third in one of 90,000 cases, of 50
	 * in one of 80.
	 */
	private static final long ENOUGH = 200;

	private static final Duration COUNTING = Duration.ofSeconds(30);

	/** Of a third of the requests: less is not the share of one of three. */
	private static final double AT_LEAST = 0.6;

	@Override
	public String name() {
		return "scale";
	}

	@Override
	public int instances() {
		return 1;
	}

	@Override
	public int rounds() {
		return 10;
	}

	@Override
	public void round(Field field) {
		for (String service : BUSINESS) {
			field.during(String.format(Locale.ROOT, "%s 1 → %d", service, MANY),
					() -> field.platform().scale(service, MANY));
			field.during("%s shares".formatted(service), () -> {
				field.wait(SETTLING);
				checkShares(service, field);
			});
			field.during(String.format(Locale.ROOT, "%s %d → 1", service, MANY),
					() -> field.platform().scale(service, 1));
		}
	}

	private static void checkShares(String service, Field field) {
		Map<String, Long> shares = field.shares(service, ENOUGH, COUNTING);
		long all = Field.sum(shares);
		shares.forEach((instance, answered) -> {
			if (answered < AT_LEAST * all / MANY) {
				field.object(String.format(Locale.ROOT, "%s answers %d of %d requests, from %d s after it was ready",
						instance, answered, all, SETTLING.toSeconds()));
			}
		});
	}

}
