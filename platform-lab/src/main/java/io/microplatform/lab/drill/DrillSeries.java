package io.microplatform.lab.drill;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.microplatform.lab.audit.AuditUnavailableException;
import io.microplatform.lab.client.UnexpectedReplyException;
import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.Progress;
import io.microplatform.lab.platform.RemotePlatform;

/**
 * Runs scenarios one after another on a platform of its own, all under the same load.
 *
 * @param scenarios the scenarios
 * @param rounds the number of rounds of each scenario, or {@code null} for its default
 * @param options the options
 * @param progress receives progress messages
 */
public record DrillSeries(List<Scenario> scenarios, @Nullable Integer rounds, DrillOptions options, Progress progress) {

	/**
	 * Starts a platform and runs every scenario on it, also after one that failed.
	 * @param root the root directory of a built checkout
	 * @param directory the directory for the platform's state and logs
	 * @param reports receives the report of each scenario when it ends
	 * @return whether every scenario passed
	 * @throws PlatformFailedException if the platform does not start, scale or stop
	 */
	public boolean run(Path root, Path directory, Consumer<DrillReport> reports) {
		this.progress.report("starting a platform below " + directory);
		Map<String, String> environment = this.options.environment(root, directory);
		this.scenarios.forEach((scenario) -> environment.putAll(scenario.environment()));
		try (PrivatePlatform platform = PrivatePlatform.start(root, directory, environment,
				this.options.up(this.scenarios))) {
			this.progress.report("waiting for its ahead-of-time caches");
			platform.awaitTraining();
			DrillOptions calibrated = calibrate(platform);
			boolean passed = true;
			for (Scenario scenario : this.scenarios) {
				DrillReport report = run(scenario, calibrated).runOn(platform);
				reports.accept(report);
				if (!report.passed()) {
					passed = false;
					// Repairs what the scenario has left behind.
					platform.up();
				}
			}
			return passed;
		}
	}

	/**
	 * Runs every scenario on a platform that runs elsewhere, also after one that failed.
	 * None of them may need control.
	 * @param platform the platform
	 * @param reports receives the report of each scenario when it ends
	 * @return whether every scenario passed
	 * @throws PlatformFailedException if the platform does not answer, refuses new users,
	 * or cannot be audited
	 */
	public boolean run(RemotePlatform platform, Consumer<DrillReport> reports) {
		platform.requireReady();
		boolean passed = true;
		for (Scenario scenario : this.scenarios) {
			try {
				DrillReport report = run(scenario, this.options).runOn(platform);
				reports.accept(report);
				passed &= report.passed();
			}
			catch (UnexpectedReplyException | UncheckedIOException | AuditUnavailableException ex) {
				throw new PlatformFailedException("%s: %s".formatted(scenario.name(), ex.getMessage()), ex);
			}
		}
		return passed;
	}

	private DrillRun run(Scenario scenario, DrillOptions drillOptions) {
		int times = (this.rounds != null) ? this.rounds : scenario.rounds();
		return new DrillRun(scenario, times, drillOptions, this.progress);
	}

	/** With as many instances as any scenario has at its start. */
	private DrillOptions calibrate(PrivatePlatform platform) {
		int instances = this.scenarios.stream().mapToInt(Scenario::instances).max().orElse(1);
		Scenario.BUSINESS.forEach((service) -> platform.scale(service, instances));
		LoadCalibration calibration = new LoadCalibration(platform, this.progress);
		calibration.warmUp(this.options.callsPerSecond());
		if (this.options.fixedRate()) {
			return this.options;
		}
		return this.options.withFixedRate(calibration.sustainableRate(this.options.callsPerSecond()));
	}

}
