package io.microplatform.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.microplatform.lab.chaos.ChaosReport;
import io.microplatform.lab.chaos.ChaosRun;
import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.Progress;

/**
 * Kills and pauses the processes of a platform of its own while clients order, then
 * audits its books.
 */
@Command(name = "chaos", header = "faults under load on a platform of its own, then its books", description = """
		Starts a platform of its own, below target/chaos. Clients order, cancel and read at a constant rate while
		processes are killed (-9) and paused by a schedule, each of the eight parts at least once; up repairs. Then it
		waits for quiet and prints answers, faults, recovery times and the books. Exits with 1 unless every acknowledged
		order was applied exactly once and the books balance.""")
final class Chaos implements Callable<Integer> {

	private static final int SEEDS = 1_000_000;

	private static final int MOST_MINUTES = 60;

	private final Context context;

	@Option(names = "--seed", paramLabel = "N",
			description = "repeats a schedule; without it a seed is chosen at random, and printed")
	private @Nullable Long seed;

	@Option(names = "--minutes", paramLabel = "M", defaultValue = "5",
			description = "how long faults strike, 1 to 60 (${DEFAULT-VALUE})")
	private int minutes;

	@Spec
	private CommandSpec spec;

	Chaos(Context context) {
		this.context = context;
	}

	@Override
	public Integer call() throws CommandFailedException {
		Numbers.require(this.spec, "--minutes", this.minutes, MOST_MINUTES);
		long chosen = (this.seed != null) ? this.seed : ThreadLocalRandom.current().nextLong(SEEDS);
		try {
			ChaosReport report = new ChaosRun(chosen, Duration.ofMinutes(this.minutes),
					new Progress(this.context.err()))
				.run(this.context.root(), this.context.root().resolve("target").resolve("chaos"));
			this.context.out().print(report);
			return report.passed() ? 0 : 1;
		}
		catch (PlatformFailedException ex) {
			throw new CommandFailedException(String.format(Locale.ROOT, "seed %d: %s", chosen, ex.getMessage()));
		}
	}

}
