package io.microplatform.acceptance.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which faults strike, in which order. The same seed gives the same ones.
 *
 * @param faults at least one for each part
 * @param interval from one fault to the next, unless it takes longer to recover
 */
record Schedule(List<Fault> faults, Duration interval) {

	/** Everything that the platform consists of. */
	static final List<String> PARTS = List.of("order-service", "user-service", "kafka", "postgresql", "redis",
			"api-gateway", "discovery-server", "config-server");

	private static final Duration USUAL_INTERVAL = Duration.ofSeconds(20);

	/**
	 * Fills a time with faults: every part once, in a random order, then again.
	 * @param seed decides
	 * @param time the faults should take about that long
	 */
	static Schedule of(long seed, Duration time) {
		Random random = new Random(seed);
		long count = Math.max(PARTS.size(), time.dividedBy(USUAL_INTERVAL));
		List<Fault> faults = new ArrayList<>();
		while (faults.size() < count) {
			List<String> round = new ArrayList<>(PARTS);
			Collections.shuffle(round, random);
			round.stream().map((part) -> Fault.of(part, random)).forEach(faults::add);
		}
		return new Schedule(List.copyOf(faults.subList(0, (int) count)), time.dividedBy(count));
	}

}
