package io.microplatform.acceptance.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.acceptance.platform.Progress;
import io.microplatform.local.process.Await;
import io.microplatform.local.process.Memory;
import tools.jackson.databind.json.JsonMapper;

/**
 * How much memory the processes take a minute after the platform got ready, one order
 * included: PSS, which counts shared pages once.
 *
 * @param root the checkout, with its build
 * @param directory where a platform can live meanwhile
 * @param progress where to say what takes so long
 */
public record MemoryBench(Path root, Path directory, Progress progress) {

	private static final Duration SETTLING = Duration.ofMinutes(1);

	/**
	 * Measures; takes some minutes.
	 * @return the result, to be printed
	 */
	public String measure() {
		this.progress.say("first start, and ahead-of-time caches");
		try (PrivatePlatform platform = PrivatePlatform.start(this.root, this.directory)) {
			platform.awaitTraining();
			platform.down();
			this.progress.say("second start, as on every other day");
			platform.up();
			new FirstOrder(platform).confirm();
			this.progress.say("waiting for a minute");
			Await.until(SETTLING, () -> false);
			return new Report(Figures.of(platform.processes(), Memory::pssMiB)).toString();
		}
	}

	/**
	 * What it found.
	 *
	 * @param pssMiB memory of each process
	 */
	private record Report(Figures pssMiB) {

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
