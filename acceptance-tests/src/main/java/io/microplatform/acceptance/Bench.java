package io.microplatform.acceptance;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import io.microplatform.acceptance.bench.MemoryBench;
import io.microplatform.acceptance.bench.OrdersBench;
import io.microplatform.acceptance.bench.StartBench;
import io.microplatform.acceptance.platform.PlatformFailedException;
import io.microplatform.acceptance.platform.Progress;
import io.microplatform.acceptance.platform.RunningPlatform;
import io.microplatform.local.process.RunRecord;

/**
 * What the platform costs, measured on a platform of its own that is empty at first and
 * gone at the end; what {@code ./platform bench} runs. Prints a table and the same as one
 * line of JSON; progress goes to standard error. Ends with 1 when it could not measure
 * and with 2 when it was not understood.
 */
public final class Bench {

	private static final String USAGE = "usage: ./platform bench start | memory | orders";

	private static final Set<String> KINDS = Set.of("start", "memory", "orders");

	private static final double IDLE = 0.5;

	private Bench() {
	}

	/**
	 * Measures.
	 * @param args what to measure
	 */
	public static void main(String[] args) {
		System.exit(run(List.of(args)));
	}

	private static int run(List<String> arguments) {
		PrintStream out = Terminal.out();
		PrintStream err = Terminal.err();
		if (arguments.size() != 1 || !KINDS.contains(arguments.getFirst())) {
			err.println(USAGE);
			return 2;
		}
		if (RunningPlatform.ofThisCheckout().processes().stream().flatMap(Bench::living).findAny().isPresent()) {
			err.println("platform: the platform runs, which would disturb the measurement: `./platform down` first");
			return 1;
		}
		double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
		if (load > IDLE) {
			err.printf(Locale.ROOT,
					"note: other programs are at work on this machine (load average %.1f), which shows%n", load);
		}
		Path root = Path.of(System.getProperty("platform.root", ".")).toAbsolutePath().normalize();
		Path directory = root.resolve("target").resolve("bench");
		Progress progress = new Progress(err);
		try {
			out.print(switch (arguments.getFirst()) {
				case "start" -> new StartBench(root, directory, progress).measure();
				case "memory" -> new MemoryBench(root, directory, progress).measure();
				default -> new OrdersBench(root, directory, progress).measure();
			});
			return 0;
		}
		catch (PlatformFailedException ex) {
			err.println("platform: " + ex.getMessage());
			return 1;
		}
	}

	private static Stream<?> living(RunRecord entry) {
		return entry.process().stream();
	}

}
