package io.microplatform.lab.drill;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import com.sun.management.OperatingSystemMXBean;
import io.microplatform.lab.audit.AuditReport;
import io.microplatform.lab.audit.PlatformAudit;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.load.Load;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.load.SimulatedUsers;
import io.microplatform.lab.platform.GatewayPool;
import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.Progress;

/**
 * Runs a scenario for a number of rounds while users call the platform at a constant
 * rate. Calls are not retried. Not thread-safe.
 *
 * @param scenario the scenario
 * @param rounds the number of rounds
 * @param options the options
 * @param progress receives progress messages
 */
public record DrillRun(Scenario scenario, int rounds, DrillOptions options, Progress progress) {

	private static final int USERS = 20;

	private static final long SEED = 4;

	/**
	 * Number of steps to the full rate, so that JVMs can compile frequently used code.
	 */
	private static final int STEPS = 3;

	private static final Duration WARM_UP = Duration.ofSeconds(20);

	/** With more load than this, the machine has no CPU time left for a fault. */
	private static final double MAX_CPU_LOAD = 0.75;

	private static final int MIN_CALLS_PER_SECOND = 10;

	private static final Duration MAX_DURATION = Duration.ofHours(4);

	/**
	 * Starts a platform, runs the scenario on it, and audits it.
	 * @param root the root directory of a built checkout
	 * @param directory the directory for the platform's state and logs
	 * @return the report
	 * @throws PlatformFailedException if the platform does not start or stop
	 */
	public DrillReport run(Path root, Path directory) {
		this.progress.report("starting a platform below " + directory);
		Map<String, String> environment = this.options.environment(root, directory);
		try (PrivatePlatform platform = PrivatePlatform.start(root, directory, environment,
				this.options.up(this.scenario))) {
			this.progress.report("waiting for its ahead-of-time caches");
			platform.awaitTraining();
			scale(platform);
			warmUp(platform);
			return (this.options.fixedRate() ? this : atSustainableRate(platform)).underLoad(platform);
		}
	}

	/**
	 * Warms up a platform with a load that doubles in each step. The results are
	 * discarded.
	 * @param platform a running platform
	 */
	public void warmUp(PrivatePlatform platform) {
		try (GatewayPool gateways = platform.gatewayPool()) {
			SimulatedUsers users = signUp(gateways);
			for (int step = STEPS; step > 0; step--) {
				double perSecond = this.options.callsPerSecond() / Math.pow(2, step - 1);
				this.progress.report(String.format(Locale.ROOT, "warming up, %.0f calls/s for %d s", perSecond,
						WARM_UP.toSeconds()));
				call(users, perSecond);
			}
		}
	}

	private static void call(SimulatedUsers users, double perSecond) {
		try (Load load = Load.start(users.buying(SEED), perSecond, WARM_UP)) {
			load.await();
		}
	}

	/**
	 * Returns the same run with a rate that the machine sustains: half of the rate until
	 * the CPU load is below its maximum.
	 */
	private DrillRun atSustainableRate(PrivatePlatform platform) {
		int rate = this.options.callsPerSecond();
		try (GatewayPool gateways = platform.gatewayPool()) {
			SimulatedUsers users = signUp(gateways);
			double load = cpuLoad(users, rate);
			while (load > MAX_CPU_LOAD && rate > MIN_CALLS_PER_SECOND) {
				this.progress.report(String.format(Locale.ROOT, "%d calls/s take %.0f %% of the CPU time: half of them",
						rate, load * 100));
				rate = Math.max(MIN_CALLS_PER_SECOND, rate / 2);
				// The platform works off what the higher rate has left behind.
				call(users, rate);
				load = cpuLoad(users, rate);
			}
		}
		return new DrillRun(this.scenario, this.rounds,
				new DrillOptions(rate, true, this.options.pairs(), this.options.stock()), this.progress);
	}

	/**
	 * Returns the share of the machine's CPU time that is used under a load, by all
	 * processes.
	 */
	private static double cpuLoad(SimulatedUsers users, int perSecond) {
		OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		// The time since the previous call counts.
		machine.getCpuLoad();
		call(users, perSecond);
		return machine.getCpuLoad();
	}

	/**
	 * Runs the scenario on a running platform, and audits it.
	 * @param platform the platform
	 * @return the report
	 */
	public DrillReport runOn(PrivatePlatform platform) {
		scale(platform);
		return underLoad(platform);
	}

	private DrillReport underLoad(PrivatePlatform platform) {
		try (GatewayPool gateways = platform.gatewayPool()) {
			return measure(signUp(gateways), platform);
		}
	}

	private DrillReport measure(SimulatedUsers users, PrivatePlatform platform) {
		DrillContext context;
		LoadReport results;
		try (Load load = Load.start(users.buying(SEED), this.options.callsPerSecond(), MAX_DURATION)) {
			context = new DrillContext(platform, load::snapshot, this.progress);
			runRounds(context);
			results = load.stop();
		}
		PlatformAudit audit = new PlatformAudit(platform.processes(), PlatformAudit.DEFAULT_BOUND);
		this.progress.report("waiting until no order or event is in progress");
		audit.awaitQuiet();
		String title = "%s, %s, %s".formatted(this.scenario.name(),
				(this.rounds == 1) ? "1 round" : this.rounds + " rounds", this.options);
		return new DrillReport(title, results, context.phases(), context.violations(), users.reconcile(),
				AuditReport.of(audit));
	}

	/**
	 * Runs all rounds. If a command fails, the drill ends with a violation, so that the
	 * results up to that point are reported.
	 */
	private void runRounds(DrillContext context) {
		try {
			context.awaitCalm();
			for (int round = 1; round <= this.rounds; round++) {
				this.progress.report(String.format(Locale.ROOT, "round %d of %d", round, this.rounds));
				this.scenario.runRound(context);
				context.awaitCalm();
			}
		}
		catch (PlatformFailedException ex) {
			context.reportViolation("aborted: " + ex.summary()
				.lines()
				.filter((line) -> !line.isBlank() && !line.startsWith(" "))
				.collect(Collectors.joining(" ")));
		}
	}

	private void scale(PrivatePlatform platform) {
		Scenario.BUSINESS.forEach((service) -> platform.scale(service, this.scenario.instances()));
	}

	private static SimulatedUsers signUp(GatewayPool gateways) {
		return SimulatedUsers.signUp(PlatformClient.of(gateways), USERS);
	}

}
