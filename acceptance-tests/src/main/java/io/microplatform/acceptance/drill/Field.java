package io.microplatform.acceptance.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import io.microplatform.acceptance.load.LoadReport;
import io.microplatform.acceptance.platform.Metrics;
import io.microplatform.acceptance.platform.PlatformFailedException;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.acceptance.platform.Progress;
import io.microplatform.acceptance.platform.ServedRequests;
import io.microplatform.local.process.Await;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;
import org.jspecify.annotations.Nullable;

/**
 * A platform under load, on which an exercise is done, and what is seen of it. Not
 * thread-safe.
 */
public final class Field {

	static final String REGISTRY = "discovery-server";

	static final String GATEWAY = "api-gateway";

	/** Of which there are two, or one. */
	static final List<String> SERVERS = List.of(REGISTRY, "config-server", GATEWAY);

	private static final Duration CALM = Duration.ofMillis(200);

	private static final Duration LOOK = Duration.ofSeconds(1);

	private static final Duration LATELY = Duration.ofSeconds(5);

	private static final Duration CALM_COMES_WITHIN = Duration.ofMinutes(2);

	private final PrivatePlatform platform;

	private final Supplier<LoadReport> soFar;

	private final Progress progress;

	private final List<Phase> phases = new ArrayList<>();

	private final List<String> objections = new ArrayList<>();

	private int failed;

	Field(PrivatePlatform platform, Supplier<LoadReport> soFar, Progress progress) {
		this.platform = platform;
		this.soFar = soFar;
		this.progress = progress;
	}

	PrivatePlatform platform() {
		return this.platform;
	}

	/** Whether there are two of each server. */
	boolean hasPairs() {
		return this.platform.processes().instancesOf(GATEWAY).size() > 1;
	}

	/** Does something, and remembers when. */
	void during(String what, Runnable work) {
		during(what, null, work);
	}

	/**
	 * Does something during which answers must not take longer than they may.
	 * @param p99 the longest that 99 of 100 answers may take; null for no such limit
	 */
	void during(String what, @Nullable Duration p99, Runnable work) {
		this.progress.say(what);
		Instant begin = Instant.now();
		try {
			work.run();
		}
		finally {
			this.phases.add(new Phase(what, begin, Instant.now(), p99));
			sayWhatFailed();
		}
	}

	/** Whoever waits for half an hour wants to know at once. */
	private void sayWhatFailed() {
		int failed = this.soFar.get().complaints().answers().size();
		if (failed > this.failed) {
			this.progress.say(String.format(Locale.ROOT, "✗ %d calls failed until now", failed));
			this.failed = failed;
		}
	}

	/** Says what is not as it should be. */
	void object(String objection) {
		this.progress.say("✗ " + objection);
		this.objections.add(objection);
	}

	/**
	 * Returns when answers come as fast as they should again: what is started has to
	 * compile first, and the next exercise is to meet a platform at its best.
	 */
	void calm() {
		during("until it is calm", () -> {
			wait(LATELY);
			Await.until(CALM_COMES_WITHIN, this::isCalm);
		});
	}

	private boolean isCalm() {
		Instant since = Instant.now().minus(LATELY);
		LoadReport recent = this.soFar.get().of((answer) -> answer.due().isAfter(since));
		return recent.latencies().p99().compareTo(CALM) < 0;
	}

	/** Lets the load go on. */
	void wait(Duration time) {
		Await.until(time, () -> false);
	}

	/** Any of the instances of a service that run. */
	RunRecord anyOf(String service) {
		List<RunRecord> instances = this.platform.processes().instancesOf(service);
		return instances.get(ThreadLocalRandom.current().nextInt(instances.size()));
	}

	static RunningProcess process(RunRecord instance) {
		return instance.process()
			.orElseThrow(() -> new PlatformFailedException(instance.instance() + " does not run any more", null));
	}

	/**
	 * How many requests each instance of a service answers from now on, until there are
	 * enough of them, or until the time is over: a light load takes long.
	 */
	Map<String, Long> shares(String service, long enough, Duration atMost) {
		ServedRequests served = ServedRequests.from(this.platform.processes(), service, "/");
		Instant end = Instant.now().plus(atMost);
		Map<String, Long> shares;
		do {
			wait(LOOK);
			shares = served.byInstance();
		}
		while (sum(shares) < enough && Instant.now().isBefore(end));
		return shares;
	}

	static long sum(Map<String, Long> shares) {
		return shares.values().stream().mapToLong(Long::longValue).sum();
	}

	/** Attempts of the gateway at an instance, whatever became of them. */
	long attemptsAt(RunRecord instance) {
		return this.platform.processes()
			.instancesOf(GATEWAY)
			.stream()
			.mapToLong((gateway) -> Metrics.of(gateway)
				.count("balancer_attempts_total",
						String.format(Locale.ROOT, "instance=\"%s:%d\"", instance.name(), instance.port())))
			.sum();
	}

	List<Phase> phases() {
		return List.copyOf(this.phases);
	}

	List<String> objections() {
		return List.copyOf(this.objections);
	}

}
