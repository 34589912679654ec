package io.microplatform.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.microplatform.cli.ObservabilityProgram.Part;
import io.microplatform.lab.bench.BenchPrograms;
import io.microplatform.lab.bench.GatewayBench;
import io.microplatform.lab.bench.MemoryBench;
import io.microplatform.lab.bench.OrdersBench;
import io.microplatform.lab.bench.StartBench;
import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.Progress;

/**
 * Measures what the platform costs, on a platform of its own.
 */
@Command(name = "bench", header = "measures start, memory, orders or the gateway", description = """
		Measures a platform of its own, below target/bench, and prints a table and the same as one line of JSON. The
		machine should be idle, and the platform must be down.""", footerHeading = "%n", footer = """
		start   seconds from up to the first confirmed order, and CPU seconds of each process: once from an empty
		        state directory, then the median of three starts
		memory  MiB (PSS) of each process a minute after it is ready
		orders  milliseconds until an order is accepted, and from then until it is seen to be CONFIRMED, at
		        50 orders/s: the median of five rounds with PLATFORM_JVM=full
		gateway requests/s and p99 of the gateway in front of a stub, without metrics, with metrics, while they are
		        scraped, with rate limits and with tracing, and of nginx in its place: the median of five rounds with
		        PLATFORM_JVM=full; needs nginx, wrk and what up --with prometheus needs""")
final class Bench implements Action {

	private static final double IDLE = 0.5;

	private static final Set<Kind> WITH_PARTS = Set.of(Kind.start, Kind.memory);

	private final Context context;

	@Option(names = "--with", split = ",", paramLabel = "PART", converter = Up.PartConverter.class,
			description = "with these parts, as with up; for start and memory")
	private Set<Part> parts = Set.of();

	@Parameters(paramLabel = "WHAT", description = "one of the list below")
	private Kind kind;

	@Spec
	private CommandSpec spec;

	Bench(Context context) {
		this.context = context;
	}

	@Override
	public void run() throws IOException, CommandFailedException {
		if (!this.parts.isEmpty() && !WITH_PARTS.contains(this.kind)) {
			throw new ParameterException(this.spec.commandLine(),
					"invalid option '--with' for %s: must be used with start or memory".formatted(this.kind));
		}
		try {
			Supplier<String> benchmark = benchmark();
			requireIdleMachine();
			this.context.out().print(benchmark.get());
		}
		catch (PlatformFailedException ex) {
			throw new CommandFailedException(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Prepares the benchmark.
	 * @throws CommandFailedException if a part that it needs is not installed
	 * @throws PlatformFailedException if another program that it needs is not installed
	 */
	private Supplier<String> benchmark() throws CommandFailedException {
		Path root = this.context.root();
		Path directory = root.resolve("target").resolve("bench");
		Progress progress = new Progress(this.context.err());
		Observability.requireInstalled(this.parts, this.context);
		return switch (this.kind) {
			case start -> new StartBench(root, directory, options(), progress)::measure;
			case memory -> new MemoryBench(root, directory, options(), progress)::measure;
			case orders -> new OrdersBench(root, directory, progress)::measure;
			case gateway -> {
				BenchPrograms programs = BenchPrograms.find(this.context.environment().getOrDefault("PATH", ""));
				Observability.requireInstalled(Set.of(Part.PROMETHEUS), this.context);
				yield new GatewayBench(root, directory, programs, progress)::measure;
			}
		};
	}

	/** The options of up. */
	private List<String> options() {
		return this.parts.isEmpty() ? List.of()
				: List.of("--with", this.parts.stream().map(Part::toString).collect(Collectors.joining(",")));
	}

	private void requireIdleMachine() throws IOException, CommandFailedException {
		if (this.context.records().all().stream().anyMatch((entry) -> entry.process().isPresent())) {
			throw new CommandFailedException(
					"the running platform would disturb the measurement: `./platform down` first");
		}
		double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
		if (load > IDLE) {
			this.context.err()
				.printf(Locale.ROOT, "note: other programs use this machine (load average %.1f), which shows%n", load);
		}
	}

	/** What to measure, as it is typed. */
	enum Kind {

		start, memory, orders, gateway

	}

}
