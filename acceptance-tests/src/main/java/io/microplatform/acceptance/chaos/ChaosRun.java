package io.microplatform.acceptance.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import io.microplatform.acceptance.audit.AuditReport;
import io.microplatform.acceptance.audit.Books;
import io.microplatform.acceptance.client.Patience;
import io.microplatform.acceptance.load.Load;
import io.microplatform.acceptance.load.LoadReport;
import io.microplatform.acceptance.load.Shoppers;
import io.microplatform.acceptance.platform.PlatformFailedException;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.acceptance.platform.Progress;
import io.microplatform.local.process.Await;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;

/**
 * One run: a platform of its own with two instances of each business service, users who
 * order, cancel and look at a constant rate and ask again as good clients do, and the
 * faults of a schedule, each repaired by {@code up}. Not thread-safe.
 */
public final class ChaosRun {

	private static final double CALLS_PER_SECOND = 20;

	private static final int SHOPPERS = 8;

	/** Short, for the time until the end of a fault is measured. */
	private static final Duration PROBE_PAUSE = Duration.ofMillis(500);

	/** Longer than any fault takes from its beginning to recovery. */
	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private final long seed;

	private final Duration time;

	private final Progress progress;

	/**
	 * A run.
	 * @param seed decides which faults strike in which order
	 * @param time for faults to strike; every part is struck, however short it is
	 * @param progress where it says what it does
	 */
	public ChaosRun(long seed, Duration time, Progress progress) {
		this.seed = seed;
		this.time = time;
		this.progress = progress;
	}

	/**
	 * Starts a platform, lets the faults strike, and looks into the books.
	 * @param root the checkout, with its build
	 * @param directory where the platform can live meanwhile
	 * @return what came of it
	 * @throws PlatformFailedException when the platform does not come back
	 */
	public ChaosReport run(Path root, Path directory) {
		this.progress.say(String.format(Locale.ROOT, "seed %d: starting a platform below %s", this.seed, directory));
		try (PrivatePlatform platform = PrivatePlatform.start(root, directory)) {
			platform.scale("order-service", 2);
			platform.scale("user-service", 2);
			return on(platform);
		}
	}

	/**
	 * The same on a platform that runs.
	 * @param platform the platform
	 * @return what came of it
	 */
	public ChaosReport on(PrivatePlatform platform) {
		Patience patience = new Patience(PATIENCE);
		Shoppers shoppers = Shoppers.signUp(platform.guest(), SHOPPERS, patience);
		Schedule schedule = Schedule.of(this.seed, this.time);
		Probe probe = new Probe(platform.signUp("Probe").client().withPatience(new Patience(PATIENCE, PROBE_PAUSE)));
		List<Strike> strikes = new ArrayList<>();
		LoadReport answers;
		try (Load load = Load.start(shoppers.ordering(this.seed), CALLS_PER_SECOND,
				this.time.plus(PATIENCE.multipliedBy(schedule.faults().size())))) {
			Random choice = new Random(this.seed);
			long begin = System.nanoTime();
			for (Fault fault : schedule.faults()) {
				Duration at = since(begin);
				strikes.add(strike(fault, choice, platform, probe, at));
				Duration next = schedule.interval().multipliedBy(strikes.size());
				Await.until(next.minus(since(begin)), () -> false);
			}
			this.progress.say("no more faults; waiting for the last answers");
			answers = load.stop();
		}
		platform.up();
		Books books = new Books(platform.processes(), Books.USUAL_BOUND);
		this.progress.say("waiting until nothing is on its way any more");
		books.awaitQuiet();
		return new ChaosReport(this.seed, answers, patience.setbacks(), strikes, shoppers.settle(),
				AuditReport.of(books));
	}

	private Strike strike(Fault fault, Random choice, PrivatePlatform platform, Probe probe, Duration at) {
		List<RunRecord> victims = victims(fault, choice, platform);
		List<String> names = victims.stream().map(RunRecord::instance).toList();
		List<RunningProcess> processes = victims.stream().flatMap((victim) -> victim.process().stream()).toList();
		this.progress.say("%s %s".formatted(fault, String.join(", ", names)));
		if (!fault.kills()) {
			processes.forEach(RunningProcess::pause);
			Await.until(fault.paused(), () -> false);
			processes.forEach(RunningProcess::resume);
		}
		long begin = System.nanoTime();
		if (fault.kills()) {
			processes.forEach(RunningProcess::kill);
			platform.up();
		}
		probe.confirmOrder();
		return new Strike(fault, names, at, since(begin));
	}

	private static List<RunRecord> victims(Fault fault, Random choice, PrivatePlatform platform) {
		List<RunRecord> instances = platform.processes().instancesOf(fault.part());
		return fault.everyInstance() ? instances : List.of(instances.get(choice.nextInt(instances.size())));
	}

	private static Duration since(long begin) {
		return Duration.ofNanos(System.nanoTime() - begin);
	}

}
