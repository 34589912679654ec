package io.microplatform.lab.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import io.microplatform.lab.audit.AuditReport;
import io.microplatform.lab.audit.PlatformAudit;
import io.microplatform.lab.client.RetryPolicy;
import io.microplatform.lab.load.Load;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.load.SimulatedUsers;
import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.Progress;
import io.microplatform.local.process.Await;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;

/**
 * Chaos run: a platform with two instances of each business service, users that place,
 * cancel and read orders at a constant rate and retry, and a schedule of faults, each of
 * which is repaired by {@code ./platform up}. Not thread-safe.
 */
public final class ChaosRun {

	private static final double CALLS_PER_SECOND = 20;

	private static final int USERS = 8;

	/**
	 * Retry limit of the users, longer than any fault takes from its begin to the
	 * recovery.
	 */
	private static final Duration RETRY_LIMIT = Duration.ofSeconds(90);

	/** Short, because the probe measures the time to recovery. */
	private static final Duration PROBE_INTERVAL = Duration.ofMillis(500);

	private final long seed;

	private final Duration time;

	private final Progress progress;

	/**
	 * Creates a run.
	 * @param seed the seed of the schedule
	 * @param time the time in which faults are injected; every component is affected at
	 * least once, even if this takes longer
	 * @param progress receives progress messages
	 */
	public ChaosRun(long seed, Duration time, Progress progress) {
		this.seed = seed;
		this.time = time;
		this.progress = progress;
	}

	/**
	 * Starts a platform, injects the faults, and audits it.
	 * @param root the root directory of a built checkout
	 * @param directory the directory for the platform's state and logs
	 * @return the report
	 * @throws PlatformFailedException if the platform does not start or does not recover
	 */
	public ChaosReport run(Path root, Path directory) {
		this.progress.report(String.format(Locale.ROOT, "seed %d: starting a platform below %s", this.seed, directory));
		try (PrivatePlatform platform = PrivatePlatform.start(root, directory)) {
			platform.scale("order-service", 2);
			platform.scale("user-service", 2);
			return runOn(platform);
		}
	}

	/**
	 * Runs on a running platform.
	 * @param platform the platform
	 * @return the report
	 */
	public ChaosReport runOn(PrivatePlatform platform) {
		RetryPolicy retryPolicy = new RetryPolicy(RETRY_LIMIT);
		SimulatedUsers users = SimulatedUsers.signUp(platform.guest(), USERS, retryPolicy);
		Schedule schedule = Schedule.of(this.seed, this.time);
		RecoveryProbe probe = new RecoveryProbe(
				platform.signUp("Probe").client().withRetryPolicy(new RetryPolicy(RETRY_LIMIT, PROBE_INTERVAL)));
		List<InjectedFault> faults = new ArrayList<>();
		LoadReport results;
		try (Load load = Load.start(users.orderingAndCancelling(this.seed), CALLS_PER_SECOND,
				this.time.plus(RETRY_LIMIT.multipliedBy(schedule.faults().size())))) {
			Random random = new Random(this.seed);
			long begin = System.nanoTime();
			for (Fault fault : schedule.faults()) {
				Duration at = since(begin);
				faults.add(inject(fault, random, platform, probe, at));
				Duration next = schedule.interval().multipliedBy(faults.size());
				Await.until(next.minus(since(begin)), () -> false);
			}
			this.progress.report("all faults injected; waiting for the remaining responses");
			results = load.stop();
		}
		platform.up();
		PlatformAudit audit = new PlatformAudit(platform.processes(), PlatformAudit.DEFAULT_BOUND);
		this.progress.report("waiting until no order or event is in progress");
		audit.awaitQuiet();
		return new ChaosReport(this.seed, results, retryPolicy.retries(), faults, users.reconcile(),
				AuditReport.of(audit));
	}

	private InjectedFault inject(Fault fault, Random random, PrivatePlatform platform, RecoveryProbe probe,
			Duration at) {
		List<RunRecord> targets = targets(fault, random, platform);
		List<String> names = targets.stream().map(RunRecord::instance).toList();
		List<RunningProcess> processes = targets.stream().flatMap((target) -> target.process().stream()).toList();
		this.progress.report("%s %s".formatted(fault, String.join(", ", names)));
		if (!fault.kills()) {
			processes.forEach(RunningProcess::pause);
			Await.until(fault.pause(), () -> false);
			processes.forEach(RunningProcess::resume);
		}
		long begin = System.nanoTime();
		if (fault.kills()) {
			processes.forEach(RunningProcess::kill);
			platform.up();
		}
		probe.confirmOrder();
		return new InjectedFault(fault, names, at, since(begin));
	}

	private static List<RunRecord> targets(Fault fault, Random random, PrivatePlatform platform) {
		List<RunRecord> instances = platform.processes().instancesOf(fault.component());
		return fault.allInstances() ? instances : List.of(instances.get(random.nextInt(instances.size())));
	}

	private static Duration since(long begin) {
		return Duration.ofNanos(System.nanoTime() - begin);
	}

}
