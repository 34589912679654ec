package io.microplatform.lab.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.Progress;
import io.microplatform.local.process.Await;
import io.microplatform.local.process.Memory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Benchmark of the memory of each process a minute after the platform is ready and has
 * confirmed an order. Measures the proportional set size (PSS), which divides shared
 * pages among the processes.
 *
 * @param root the root directory of a built checkout
 * @param directory the directory for the platform's state and logs
 * @param options the options of {@code ./platform up}
 * @param progress receives progress messages
 */
public record MemoryBench(Path root, Path directory, List<String> options, Progress progress) {

	private static final Duration SETTLING = Duration.ofMinutes(1);

	/**
	 * Runs the benchmark, which takes several minutes.
	 * @return the report to print
	 */
	public String measure() {
		this.progress.report("first start, which creates the ahead-of-time caches");
		try (PrivatePlatform platform = PrivatePlatform.start(this.root, this.directory, Map.of(),
				this.options.toArray(String[]::new))) {
			platform.awaitTraining();
			platform.down();
			this.progress.report("second start, with the caches in place");
			platform.up();
			new FirstOrder(platform).confirm();
			this.progress.report("waiting for one minute");
			Await.until(SETTLING, () -> false);
			return new Report(ProcessFigures.of(platform.processes(), Memory::pssMiB)).toString();
		}
	}

	/**
	 * Report of the benchmark.
	 *
	 * @param pssMiB the PSS of each process in MiB
	 */
	private record Report(ProcessFigures pssMiB) {

		private static final String ROW = "%-36s %10s\n";

		@Override
		public String toString() {
			StringBuilder text = new StringBuilder(ROW.formatted("MiB, A MINUTE AFTER READY", "PSS"));
			this.pssMiB.byInstance().forEach((instance, mib) -> text.append(row(instance, mib)));
			text.append(row("together", this.pssMiB.sum()));
			Map<String, Object> json = Map.of("benchmark", "memory", "pssMiB", this.pssMiB.byInstance(), "totalPssMiB",
					this.pssMiB.sum());
			return text.append(JsonMapper.shared().writeValueAsString(json)).append('\n').toString();
		}

		private static String row(String name, double mib) {
			return ROW.formatted(name, Math.round(mib));
		}

	}

}
