package io.microplatform.lab.drill;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.sun.management.OperatingSystemMXBean;
import io.microplatform.lab.load.ClosedLoad;
import io.microplatform.lab.load.Load;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.load.SimulatedUsers;
import io.microplatform.lab.load.Workload;
import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.PrivatePlatform;

/**
 * Scenario that measures how many calls per second the platform sustains without rate
 * limits, and then makes twice as many. The platform must answer at least 60 % of the
 * calls that it sustains, refuse the rest with 503 and {@code Retry-After}, and respond
 * normally again 5 seconds later. Makes all calls itself: 80 % read, 20 % place orders.
 * The JVMs compile fully, as those of a platform under continuous load should. A platform
 * that the drill does not control keeps its rate limits; the default of 100 requests/s
 * per user refuses calls only if the platform sustains more than 2500 calls/s.
 */
final class OverloadScenario implements Scenario {

	private static final Map<String, String> WITHOUT_RATE_LIMITS = Map.of("platform.rate-limits.enabled", "false");

	private static final int USERS = 50;

	/** Clients of the closed loop. */
	private static final int CONNECTIONS = 64;

	/** The duration of a round of the warm-up. */
	private static final Duration WARM_UP = Duration.ofSeconds(20);

	/** The warm-up ends when this many rounds in a row are not faster than before. */
	private static final int STEADY_ROUNDS = 2;

	private static final double FASTER = 1.05;

	private static final int MAX_WARM_UP_ROUNDS = 15;

	private static final Duration CLOSED_LOOP = Duration.ofSeconds(15);

	private static final double FACTOR = 2;

	private static final Duration OVERLOAD = Duration.ofSeconds(30);

	private static final double NORMAL_FACTOR = 0.1;

	private static final Duration NORMAL_LOAD = Duration.ofSeconds(10);

	/** The time after the overload from which everything must be normal. */
	private static final Duration RECOVERY = Duration.ofSeconds(5);

	@Override
	public String name() {
		return "overload";
	}

	@Override
	public int instances() {
		return 1;
	}

	@Override
	public int rounds() {
		return 1;
	}

	@Override
	public Map<String, String> environment() {
		return PrivatePlatform.FULL_COMPILATION;
	}

	@Override
	public int users() {
		return USERS;
	}

	@Override
	public Optional<Workload> workload(SimulatedUsers users, long seed) {
		return Optional.empty();
	}

	@Override
	public boolean needsControl() {
		return false;
	}

	@Override
	public void runRound(DrillContext context) {
		if (!context.hasControl()) {
			measure(context);
			return;
		}
		context.runPhase("no rate limits", () -> context.refresh(DrillContext.GATEWAY, WITHOUT_RATE_LIMITS));
		try {
			measure(context);
		}
		finally {
			context.runPhase("rate limits", context::restoreConfiguration);
		}
	}

	private static void measure(DrillContext context) {
		warmUp(context);
		double maximum = context.callPhase(String.format(Locale.ROOT, "maximum, %d clients", CONNECTIONS),
				() -> rate(CLOSED_LOOP, context));
		context.runPhase(String.format(Locale.ROOT, "%.0f × %.0f calls/s", FACTOR, maximum),
				() -> overload(maximum, context));
	}

	/** Lets the JVMs compile what the calls need, until the calls are not faster. */
	private static void warmUp(DrillContext context) {
		double best = 0;
		int steady = 0;
		for (int round = 1; round <= MAX_WARM_UP_ROUNDS && steady < STEADY_ROUNDS; round++) {
			String phase = String.format(Locale.ROOT, "warm-up, %d clients, %.0f calls/s until now", CONNECTIONS, best);
			double rate = context.callPhase(phase, () -> rate(WARM_UP, context));
			steady = (rate < best * FASTER) ? steady + 1 : 0;
			best = Math.max(best, rate);
		}
	}

	/** Returns the calls per second of a closed loop that succeeded. */
	private static double rate(Duration time, DrillContext context) {
		return (double) succeeded(closedLoop(time, context)) / time.toSeconds();
	}

	private static LoadReport closedLoop(Duration time, DrillContext context) {
		return ClosedLoad.run(calls(context), CONNECTIONS, time);
	}

	private static long succeeded(LoadReport results) {
		int succeeded = results.results().size() - results.failures().results().size();
		if (succeeded == 0) {
			throw new PlatformFailedException("no call succeeded before the overload:\n" + results, null);
		}
		return succeeded;
	}

	private static void overload(double maximum, DrillContext context) {
		double offered = FACTOR * maximum;
		long before = cpuTime();
		try (Load load = Load.start(calls(context), offered, OVERLOAD)) {
			context.continueFor(OVERLOAD);
			double generator = (double) (cpuTime() - before)
					/ (OVERLOAD.toNanos() * Runtime.getRuntime().availableProcessors());
			// Starts even if there are calls without a response.
			LoadReport after = normalLoad(Math.max(1, NORMAL_FACTOR * maximum), context);
			OverloadResult result = new OverloadResult(maximum, offered, OVERLOAD, load.await(), generator, after);
			context.reportFigure(result.toString().stripTrailing());
			result.violations().forEach(context::reportViolation);
		}
	}

	/** Makes a normal number of calls, and returns the results after the recovery. */
	private static LoadReport normalLoad(double callsPerSecond, DrillContext context) {
		Instant recovered = Instant.now().plus(RECOVERY);
		try (Load load = Load.start(calls(context), callsPerSecond, NORMAL_LOAD)) {
			return load.await().of((result) -> result.due().isAfter(recovered));
		}
	}

	private static Workload calls(DrillContext context) {
		Workload browsing = context.users().browsing(DrillRun.SEED);
		return () -> browsing.next().requireRetryAfter();
	}

	/** Returns the CPU time of this process in nanoseconds. */
	private static long cpuTime() {
		return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
	}

}
