package io.microplatform.lab.drill;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;

import com.sun.management.OperatingSystemMXBean;
import io.microplatform.lab.load.Load;
import io.microplatform.lab.load.SimulatedUsers;
import io.microplatform.lab.platform.GatewayPool;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.Progress;

/**
 * Prepares a platform for the load of a drill: warms up its JVMs, and finds a rate that
 * leaves CPU time for what the drill does.
 *
 * @param platform a running platform
 * @param progress receives progress messages
 */
record LoadCalibration(PrivatePlatform platform, Progress progress) {

	/**
	 * Number of steps to the full rate, so that JVMs can compile frequently used code.
	 */
	private static final int STEPS = 3;

	private static final Duration STEP = Duration.ofSeconds(20);

	/** With more load than this, the machine has no CPU time left for a fault. */
	private static final double MAX_CPU_LOAD = 0.75;

	private static final int MIN_CALLS_PER_SECOND = 10;

	/**
	 * Warms up the platform with a load that doubles in each step. The results are
	 * discarded.
	 * @param callsPerSecond the rate of the last step
	 */
	void warmUp(int callsPerSecond) {
		try (GatewayPool gateways = this.platform.gatewayPool()) {
			SimulatedUsers users = DrillRun.signUp(gateways);
			for (int step = STEPS; step > 0; step--) {
				double perSecond = callsPerSecond / Math.pow(2, step - 1);
				this.progress.report(
						String.format(Locale.ROOT, "warming up, %.0f calls/s for %d s", perSecond, STEP.toSeconds()));
				call(users, perSecond);
			}
		}
	}

	/**
	 * Halves a rate until the CPU load is below its maximum.
	 * @param callsPerSecond the highest rate
	 * @return the rate that the machine sustains
	 */
	int sustainableRate(int callsPerSecond) {
		int rate = callsPerSecond;
		try (GatewayPool gateways = this.platform.gatewayPool()) {
			SimulatedUsers users = DrillRun.signUp(gateways);
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
		return rate;
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

	private static void call(SimulatedUsers users, double perSecond) {
		try (Load load = Load.start(users.buying(DrillRun.SEED), perSecond, STEP)) {
			load.await();
		}
	}

}
