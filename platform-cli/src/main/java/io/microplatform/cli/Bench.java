package io.microplatform.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import io.microplatform.lab.bench.MemoryBench;
import io.microplatform.lab.bench.OrdersBench;
import io.microplatform.lab.bench.StartBench;
import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.Progress;

/**
 * Measures what the platform costs, on a platform of its own.
 */
@Command(name = "bench", header = "measures start, memory or orders", description = """
		Measures a platform of its own, below target/bench, and prints a table and the same as one line of JSON. The
		machine should be idle, and the platform must be down.""", footerHeading = "%n", footer = """
		start   seconds from up to the first confirmed order, and CPU seconds of each process: once from an empty
		        state directory, then the median of three starts
		memory  MiB (PSS) of each process a minute after it is ready
		orders  milliseconds until an order is accepted, and from then until it is seen to be CONFIRMED, at
		        50 orders/s: the median of five rounds with PLATFORM_JVM=full""")
final class Bench implements Action {

	private static final double IDLE = 0.5;

	private final Context context;

	@Parameters(paramLabel = "WHAT", description = "one of the list below")
	private Kind kind;

	Bench(Context context) {
		this.context = context;
	}

	@Override
	public void run() throws IOException, CommandFailedException {
		if (this.context.records().all().stream().anyMatch((entry) -> entry.process().isPresent())) {
			throw new CommandFailedException(
					"the running platform would disturb the measurement: `./platform down` first");
		}
		double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
		if (load > IDLE) {
			this.context.err()
				.printf(Locale.ROOT, "note: other programs use this machine (load average %.1f), which shows%n", load);
		}
		Path root = this.context.root();
		Path directory = root.resolve("target").resolve("bench");
		Progress progress = new Progress(this.context.err());
		try {
			this.context.out().print(switch (this.kind) {
				case start -> new StartBench(root, directory, progress).measure();
				case memory -> new MemoryBench(root, directory, progress).measure();
				case orders -> new OrdersBench(root, directory, progress).measure();
			});
		}
		catch (PlatformFailedException ex) {
			throw new CommandFailedException(String.valueOf(ex.getMessage()));
		}
	}

	/** What to measure, as it is typed. */
	enum Kind {

		start, memory, orders

	}

}
