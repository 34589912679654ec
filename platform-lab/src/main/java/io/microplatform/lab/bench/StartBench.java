package io.microplatform.lab.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.Progress;
import io.microplatform.local.process.CpuTime;

/**
 * Benchmark of the time from {@code up} to the first confirmed order and of the CPU time
 * of each process until then: once from an empty state directory, then several times with
 * data and caches in place.
 *
 * @param root the root directory of a built checkout
 * @param directory the directory for the platform's state and logs
 * @param options the options of {@code ./platform up}
 * @param progress receives progress messages
 */
public record StartBench(Path root, Path directory, List<String> options, Progress progress) {

	private static final int DAILY_STARTS = 3;

	/**
	 * Runs the benchmark, which takes several minutes.
	 * @return the report to print
	 */
	public String measure() {
		this.progress.report("first start, without extracted jars, databases and caches");
		long begin = System.nanoTime();
		try (PrivatePlatform platform = PrivatePlatform.start(this.root, this.directory, Map.of(),
				this.options.toArray(String[]::new))) {
			Start first = Start.measured(begin, platform);
			this.progress.report(String.format(Locale.ROOT,
					"%.1f s to the first confirmed order; waiting for the ahead-of-time caches",
					first.confirmedSeconds()));
			platform.awaitTraining();
			List<Start> daily = new ArrayList<>();
			for (int start = 1; start <= DAILY_STARTS; start++) {
				platform.down();
				this.progress.report(String.format(Locale.ROOT, "start %d of %d", start, DAILY_STARTS));
				daily.add(restart(platform));
			}
			return new StartReport(first, daily).toString();
		}
	}

	private static Start restart(PrivatePlatform platform) {
		long begin = System.nanoTime();
		platform.up();
		return Start.measured(begin, platform);
	}

	/**
	 * Figures of one start.
	 *
	 * @param readySeconds the time until {@code up} returned
	 * @param confirmedSeconds the time until the first order was confirmed
	 * @param cpuSeconds the CPU time of each process until then
	 */
	record Start(double readySeconds, double confirmedSeconds, ProcessFigures cpuSeconds) {

		static Start measured(long begin, PrivatePlatform platform) {
			double ready = secondsSince(begin);
			new FirstOrder(platform).confirm();
			double confirmed = secondsSince(begin);
			return new Start(ready, confirmed,
					ProcessFigures.of(platform.processes(), (process) -> seconds(CpuTime.of(process))));
		}

		private static double secondsSince(long begin) {
			return seconds(Duration.ofNanos(System.nanoTime() - begin));
		}

		private static double seconds(Duration duration) {
			return duration.toMillis() / 1000.0;
		}

	}

}
