package io.microplatform.lab.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

import io.microplatform.lab.platform.ServedRequests;

/**
 * Scenario that scales each business service from one instance to three and back.
 */
final class ScaleScenario implements Scenario {

	private static final int INSTANCES = 3;

	/** Time from readiness until an instance receives its share of the requests. */
	private static final Duration WARM_UP = Duration.ofSeconds(5);

	/**
	 * Number of requests that tells a cold instance from chance. Of 200 requests to one
	 * of three random instances, the third one gets fewer than 60 % of a third in one of
	 * 90,000 cases; of 50 requests, in one of 80.
	 */
	private static final long MIN_REQUESTS = 200;

	private static final Duration COUNTING_TIMEOUT = Duration.ofSeconds(30);

	private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

	/** Minimum share of an instance, relative to a third of the requests. */
	private static final double MIN_SHARE = 0.6;

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
	public void runRound(DrillContext context) {
		for (String service : BUSINESS) {
			context.runPhase(String.format(Locale.ROOT, "%s 1 → %d", service, INSTANCES),
					() -> context.platform().scale(service, INSTANCES));
			context.runPhase("shares of %s".formatted(service), () -> {
				context.continueFor(WARM_UP);
				checkShares(service, context);
			});
			context.runPhase(String.format(Locale.ROOT, "%s %d → 1", service, INSTANCES),
					() -> context.platform().scale(service, 1));
		}
	}

	private static void checkShares(String service, DrillContext context) {
		Map<String, Long> shares = requestsByInstance(service, context);
		long all = sum(shares);
		shares.forEach((instance, served) -> {
			if (served < MIN_SHARE * all / INSTANCES) {
				context.reportViolation(
						String.format(Locale.ROOT, "%s served %d of %d requests, counted from %d s after it was ready",
								instance, served, all, WARM_UP.toSeconds()));
			}
		});
	}

	/**
	 * Counts the requests that each instance serves from now on.
	 */
	private static Map<String, Long> requestsByInstance(String service, DrillContext context) {
		ServedRequests served = ServedRequests.from(context.platform().processes(), service, "/");
		Instant end = Instant.now().plus(COUNTING_TIMEOUT);
		Map<String, Long> requests;
		do {
			context.continueFor(POLL_INTERVAL);
			requests = served.byInstance();
		}
		while (sum(requests) < MIN_REQUESTS && Instant.now().isBefore(end));
		return requests;
	}

	private static long sum(Map<String, Long> requests) {
		return requests.values().stream().mapToLong(Long::longValue).sum();
	}

}
