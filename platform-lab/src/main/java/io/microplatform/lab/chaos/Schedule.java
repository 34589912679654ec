package io.microplatform.lab.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Sequence of faults. The same seed produces the same schedule.
 *
 * @param faults the faults, at least one for each component
 * @param interval the time from one fault to the next, unless the recovery takes longer
 */
record Schedule(List<Fault> faults, Duration interval) {

	/** The components of the platform. */
	static final List<String> COMPONENTS = List.of("order-service", "user-service", "kafka", "postgresql", "redis",
			"api-gateway", "discovery-server", "config-server");

	private static final Duration USUAL_INTERVAL = Duration.ofSeconds(20);

	/**
	 * Creates a schedule in which each component is affected once, in random order,
	 * before any is affected again.
	 * @param seed the seed
	 * @param time the approximate duration
	 */
	static Schedule of(long seed, Duration time) {
		Random random = new Random(seed);
		long count = Math.max(COMPONENTS.size(), time.dividedBy(USUAL_INTERVAL));
		List<Fault> faults = new ArrayList<>();
		while (faults.size() < count) {
			List<String> round = new ArrayList<>(COMPONENTS);
			Collections.shuffle(round, random);
			round.stream().map((component) -> Fault.of(component, random)).forEach(faults::add);
		}
		return new Schedule(List.copyOf(faults.subList(0, (int) count)), time.dividedBy(count));
	}

}
