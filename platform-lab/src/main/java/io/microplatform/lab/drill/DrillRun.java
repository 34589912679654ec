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
import io.microplatform.lab.platform.RemotePlatform;
import io.microplatform.lab.platform.TargetPlatform;
import io.microplatform.local.process.Await;
import org.jspecify.annotations.Nullable;

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

	private static final String PENDING = "PENDING";

	private static final Duration MAX_DURATION = Duration.ofHours(4);

	/**
	 * Runs the scenario on a running platform, and audits it.
	 * @param platform the platform
	 * @return the report
	 */
	public DrillReport runOn(PrivatePlatform platform) {
		Scenario.BUSINESS.forEach((service) -> platform.scale(service, this.scenario.instances()));
		try (GatewayPool gateways = platform.gatewayPool()) {
			return measure(SimulatedUsers.signUp(PlatformClient.of(gateways), this.scenario.users()), platform,
					platform);
		}
	}

	/**
	 * Runs a scenario that needs no control on a platform that runs elsewhere. Audits it
	 * if its stores can be read.
	 * @param platform the platform
	 * @return the report
	 */
	DrillReport runOn(RemotePlatform platform) {
		return measure(SimulatedUsers.signUp(platform.guest(), this.scenario.users()), platform, null);
	}

	private DrillReport measure(SimulatedUsers users, TargetPlatform platform, @Nullable PrivatePlatform controlled) {
		DrillContext context;
		LoadReport results;
		Optional<Workload> workload = this.scenario.workload(users, SEED);
		// Without a workload, no call is due in the first place.
		Duration duration = workload.isPresent() ? MAX_DURATION : Duration.ZERO;
		try (Load load = Load.start(workload.orElse(NOTHING), this.options.callsPerSecond(), duration)) {
			context = new DrillContext(controlled, users, load::snapshot, this.progress);
			runRounds(context);
			results = load.stop();
		}
		this.progress.report("waiting until no order or event is in progress");
		AuditReport audit = platform.hasStores() ? audit(platform) : awaitOutcomes(users);
		String title = "%s, %s, %s".formatted(this.scenario.name(),
				(this.rounds == 1) ? "1 round" : this.rounds + " rounds", this.options);
		return new DrillReport(title, results, context.phases(), context.figures(), context.violations(),
				users.reconcile(), audit);
	}

	private static AuditReport audit(TargetPlatform platform) {
		PlatformAudit audit = new PlatformAudit(platform, PlatformAudit.DEFAULT_BOUND);
		audit.awaitQuiet();
		return AuditReport.of(audit);
	}

	/** As long as an order is pending, the reconciliation would report it. */
	private static AuditReport awaitOutcomes(SimulatedUsers users) {
		Await.until(PlatformAudit.DEFAULT_BOUND, () -> !users.reconcile().outcomes().containsKey(PENDING));
		return AuditReport.notAudited();
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
