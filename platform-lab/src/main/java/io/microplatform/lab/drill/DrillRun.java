package io.microplatform.lab.drill;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.microplatform.lab.audit.AuditReport;
import io.microplatform.lab.audit.PlatformAudit;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.load.Load;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.load.SimulatedUsers;
import io.microplatform.lab.load.Workload;
import io.microplatform.lab.platform.GatewayPool;
import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.Progress;

/**
 * Runs a scenario for a number of rounds while users call the platform at a constant
 * rate. Calls are not retried. Not thread-safe.
 *
 * @param scenario the scenario
 * @param rounds the number of rounds
 * @param options the options
 * @param progress receives progress messages
 */
public record DrillRun(Scenario scenario, int rounds, DrillOptions options, Progress progress) {

	static final int USERS = 20;

	static final long SEED = 4;

	private static final Workload NOTHING = () -> {
		throw new IllegalStateException("the scenario has no workload");
	};

	private static final Duration MAX_DURATION = Duration.ofHours(4);

	/**
	 * Runs the scenario on a running platform, and audits it.
	 * @param platform the platform
	 * @return the report
	 */
	public DrillReport runOn(PrivatePlatform platform) {
		Scenario.BUSINESS.forEach((service) -> platform.scale(service, this.scenario.instances()));
		try (GatewayPool gateways = platform.gatewayPool()) {
			return measure(SimulatedUsers.signUp(PlatformClient.of(gateways), this.scenario.users()), platform);
		}
	}

	private DrillReport measure(SimulatedUsers users, PrivatePlatform platform) {
		DrillContext context;
		LoadReport results;
		Optional<Workload> workload = this.scenario.workload(users, SEED);
		// Without a workload, no call is due in the first place.
		Duration duration = workload.isPresent() ? MAX_DURATION : Duration.ZERO;
		try (Load load = Load.start(workload.orElse(NOTHING), this.options.callsPerSecond(), duration)) {
			context = new DrillContext(platform, users, load::snapshot, this.progress);
			runRounds(context);
			results = load.stop();
		}
		PlatformAudit audit = new PlatformAudit(platform.processes(), PlatformAudit.DEFAULT_BOUND);
		this.progress.report("waiting until no order or event is in progress");
		audit.awaitQuiet();
		String title = "%s, %s, %s".formatted(this.scenario.name(),
				(this.rounds == 1) ? "1 round" : this.rounds + " rounds", this.options);
		return new DrillReport(title, results, context.phases(), context.figures(), context.violations(),
				users.reconcile(), AuditReport.of(audit));
	}

	/**
	 * Runs all rounds. If a command fails, the drill ends with a violation, so that the
	 * results up to that point are reported.
	 */
	private void runRounds(DrillContext context) {
		try {
			context.awaitCalm();
			for (int round = 1; round <= this.rounds; round++) {
				this.progress.report(String.format(Locale.ROOT, "round %d of %d", round, this.rounds));
				this.scenario.runRound(context);
				context.awaitCalm();
			}
		}
		catch (PlatformFailedException ex) {
			context.reportViolation("aborted: " + ex.summary()
				.lines()
				.filter((line) -> !line.isBlank() && !line.startsWith(" "))
				.collect(Collectors.joining(" ")));
		}
	}

	static SimulatedUsers signUp(GatewayPool gateways) {
		return SimulatedUsers.signUp(PlatformClient.of(gateways), USERS);
	}

}
