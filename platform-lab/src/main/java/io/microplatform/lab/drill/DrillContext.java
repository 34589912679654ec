package io.microplatform.lab.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.load.SimulatedUsers;
import io.microplatform.lab.platform.CommandOutput;
import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.Progress;
import io.microplatform.local.process.Await;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;
import org.jspecify.annotations.Nullable;

/**
 * Context of a drill: the platform under load, its users, the results of the load so far,
 * and the observed phases, figures and violations. Not thread-safe.
 */
public final class DrillContext {

	static final String REGISTRY = "discovery-server";

	static final String GATEWAY = "api-gateway";

	/** The servers that run once, or twice with {@code --ha}. */
	static final List<String> SERVERS = List.of(REGISTRY, "config-server", GATEWAY);

	private static final Duration CALM_TIMEOUT = Duration.ofMinutes(2);

	/** Null if the drill does not control the platform. */
	private final @Nullable PrivatePlatform platform;

	private final SimulatedUsers users;

	private final Supplier<LoadReport> results;

	private final Progress progress;

	private final List<Phase> phases = new ArrayList<>();

	private final List<String> figures = new ArrayList<>();

	private final List<String> violations = new ArrayList<>();

	private int failed;

	DrillContext(@Nullable PrivatePlatform platform, SimulatedUsers users, Supplier<LoadReport> results,
			Progress progress) {
		this.platform = platform;
		this.users = users;
		this.results = results;
		this.progress = progress;
	}

	/** Whether the drill can change processes and configuration. */
	boolean hasControl() {
		return this.platform != null;
	}

	/** The platform, for scenarios that need control. */
	PrivatePlatform platform() {
		return Objects.requireNonNull(this.platform, "the drill does not control the platform");
	}

	/** The users, whose load runs if the scenario has a workload. */
	SimulatedUsers users() {
		return this.users;
	}

	/** Returns the results of the users' calls that were due since then. */
	LoadReport resultsSince(Instant begin) {
		return this.results.get().of((result) -> !result.due().isBefore(begin));
	}

	/** Whether each server runs twice. */
	boolean hasPairs() {
		return gateways() > 1;
	}

	/** The number of gateways. */
	int gateways() {
		return platform().processes().instancesOf(GATEWAY).size();
	}

	/** Runs a phase without a latency limit. */
	void runPhase(String name, Runnable work) {
		runPhase(name, null, work);
	}

	/**
	 * Runs a phase and records its time.
	 * @param p99 the maximum 99th percentile of the latency during the phase; null for no
	 * limit
	 */
	void runPhase(String name, @Nullable Duration p99, Runnable work) {
		callPhase(name, p99, () -> {
			work.run();
			return true;
		});
	}

	/** Runs a phase without a latency limit, and returns its result. */
	<T> T callPhase(String name, Supplier<T> work) {
		return callPhase(name, null, work);
	}

	private <T> T callPhase(String name, @Nullable Duration p99, Supplier<T> work) {
		this.progress.report(name);
		Instant begin = Instant.now();
		try {
			return work.get();
		}
		finally {
			this.phases.add(new Phase(name, begin, Instant.now(), p99));
			reportFailures();
		}
	}

	/**
	 * Prints the number of failed calls if it has increased, so that a long drill can be
	 * stopped early.
	 */
	private void reportFailures() {
		int failed = this.results.get().failures().results().size();
		if (failed > this.failed) {
			this.progress.report(String.format(Locale.ROOT, "✗ %d failed calls so far", failed));
			this.failed = failed;
		}
	}

	/** Records a figure for the report. */
	void reportFigure(String figure) {
		this.progress.report(figure);
		this.figures.add(figure);
	}

	/** Records a violation of what the drill requires. */
	void reportViolation(String violation) {
		this.progress.report("✗ " + violation);
		this.violations.add(violation);
	}

	/**
	 * Waits until the recent p99 latency is low again, because new instances have to
	 * compile their code first. Each round starts in that state.
	 */
	void awaitCalm() {
		runPhase("wait for p99 below " + LoadReport.CALM_P99.toMillis() + " ms", () -> {
			continueFor(LoadReport.RECENT);
			Await.until(CALM_TIMEOUT, () -> this.results.get().recent().isCalm());
		});
	}

	/**
	 * Rolls out a configuration that differs from the initial one in some properties of
	 * one file.
	 */
	void refresh(String file, Map<String, String> properties) {
		platform().configuration().change(file, properties);
		refresh();
	}

	/** Rolls out the initial configuration. */
	void restoreConfiguration() {
		platform().configuration().reset();
		refresh();
	}

	private void refresh() {
		CommandOutput output = platform().run("refresh");
		if (output.exitCode() != 0) {
			reportViolation(
					String.format(Locale.ROOT, "refresh exited with %d:%n%s", output.exitCode(), output.text()));
		}
	}

	/** Waits while the load continues. */
	void continueFor(Duration time) {
		Await.until(time, () -> false);
	}

	/** Returns a random running instance of a service. */
	RunRecord anyOf(String service) {
		List<RunRecord> instances = platform().processes().instancesOf(service);
		return instances.get(ThreadLocalRandom.current().nextInt(instances.size()));
	}

	static RunningProcess process(RunRecord instance) {
		return instance.process()
			.orElseThrow(() -> new PlatformFailedException(instance.instance() + " is not running", null));
	}

	List<Phase> phases() {
		return List.copyOf(this.phases);
	}

	List<String> figures() {
		return List.copyOf(this.figures);
	}

	List<String> violations() {
		return List.copyOf(this.violations);
	}

}
