package io.microplatform.acceptance.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.acceptance.platform.Progress;
import io.microplatform.local.process.CpuTime;

/**
 * How long it takes from {@code up} to the first confirmed order, and what each process
 * computes meanwhile: once with an empty state directory, then several times as on every
 * other day.
 *
 * @param root the checkout, with its build
 * @param directory where a platform can live meanwhile
 * @param progress where to say what takes so long
 */
public record StartBench(Path root, Path directory, Progress progress) {

	private static final int DAYS = 3;

	/**
	 * Measures; takes some minutes.
	 * @return the result, to be printed
	 */
	public String measure() {
		this.progress.say("first start: nothing is extracted yet, no databases, no caches");
		long begin = System.nanoTime();
		try (PrivatePlatform platform = PrivatePlatform.start(this.root, this.directory)) {
			Start first = Start.measured(begin, platform);
			this.progress.say(String.format(Locale.ROOT,
					"%.1f s to the first confirmed order; ahead-of-time caches are being made",
					first.confirmedSeconds()));
			platform.awaitTraining();
			List<Start> daily = new ArrayList<>();
			for (int day = 1; day <= DAYS; day++) {
				platform.down();
				this.progress.say(String.format(Locale.ROOT, "start %d of %d", day, DAYS));
				daily.add(again(platform));
			}
			return new StartReport(first, daily).toString();
		}
	}

	private static Start again(PrivatePlatform platform) {
		long begin = System.nanoTime();
		platform.up();
		return Start.measured(begin, platform);
	}

	/**
	 * One start.
	 *
	 * @param readySeconds until {@code up} has ended
	 * @param confirmedSeconds until the first order was confirmed
	 * @param cpuSeconds of each process until then
	 */
	record Start(double readySeconds, double confirmedSeconds, Figures cpuSeconds) {

		static Start measured(long begin, PrivatePlatform platform) {
			double ready = secondsSince(begin);
			new FirstOrder(platform).confirm();
			double confirmed = secondsSince(begin);
			return new Start(ready, confirmed,
					Figures.of(platform.processes(), (process) -> seconds(CpuTime.of(process))));
		}

		private static double secondsSince(long begin) {
			return seconds(Duration.ofNanos(System.nanoTime() - begin));
		}

		private static double seconds(Duration duration) {
			return duration.toMillis() / 1000.0;
		}

	}

}
