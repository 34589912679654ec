package io.microplatform.acceptance;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

import io.microplatform.acceptance.chaos.ChaosReport;
import io.microplatform.acceptance.chaos.ChaosRun;
import io.microplatform.acceptance.platform.PlatformFailedException;
import io.microplatform.acceptance.platform.Progress;

/**
 * Kills and pauses the processes of a platform of its own while clients order, then looks
 * into its books; what {@code ./platform chaos} runs. Ends with 0 when every acknowledged
 * order was applied exactly once and the books balance, with 1 when not, and with 2 when
 * it was not understood.
 */
public final class Chaos {

	private static final String USAGE = "usage: ./platform chaos [--seed N] [--minutes M], M from 1 to 60";

	private static final int SEEDS = 1_000_000;

	private Chaos() {
	}

	/**
	 * Runs.
	 * @param args the options
	 */
	public static void main(String[] args) {
		System.exit(run(List.of(args), Terminal.out(), Terminal.err()));
	}

	private static int run(List<String> arguments, PrintStream out, PrintStream err) {
		long seed = ThreadLocalRandom.current().nextLong(SEEDS);
		long minutes = 5;
		for (int i = 0; i < arguments.size(); i += 2) {
			String value = (i + 1 < arguments.size()) ? arguments.get(i + 1) : "";
			if (arguments.get(i).equals("--seed") && value.matches("\\d{1,18}")) {
				seed = Long.parseLong(value);
			}
			else if (arguments.get(i).equals("--minutes") && value.matches("[1-9]|[1-5]\\d|60")) {
				minutes = Long.parseLong(value);
			}
			else {
				err.println(USAGE);
				return 2;
			}
		}
		Path root = Path.of(System.getProperty("platform.root", ".")).toAbsolutePath().normalize();
		try {
			ChaosReport report = new ChaosRun(seed, Duration.ofMinutes(minutes), new Progress(err)).run(root,
					root.resolve("target").resolve("chaos"));
			out.print(report);
			return report.isGood() ? 0 : 1;
		}
		catch (PlatformFailedException ex) {
			err.println(String.format(Locale.ROOT, "platform: seed %d: %s", seed, ex.getMessage()));
			return 1;
		}
	}

}
