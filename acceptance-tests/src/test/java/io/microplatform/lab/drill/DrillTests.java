package io.microplatform.lab.drill;

import java.time.Duration;
import java.util.function.Consumer;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.fixture.StartsInstances;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.Progress;
import io.microplatform.local.process.RunRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests short drills with less load than {@code ./platform drill}.
 */
@AcceptanceTest
@StartsInstances
class DrillTests {

	private static final DrillOptions LIGHT = new DrillOptions(10, true, false, false);

	private static final Duration FAULT = Duration.ofSeconds(5);

	private static final String SERVICE = "order-service";

	private final PrivatePlatform platform;

	DrillTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	/** Other tests require a single instance of each service. */
	@AfterAll
	void restoreInstances() {
		this.platform.up();
		Scenario.BUSINESS.forEach((service) -> this.platform.scale(service, 1));
	}

	@Test
	void noRequestFailsWhileInstancesChange() {
		DrillReport report = report("changing instances", DrillTests::changeInstances);
		System.out.println(report);
		assertThat(report.failedRequests()).as(report.toString()).isZero();
		assertThat(report.violations()).isEmpty();
		assertThat(report.reconciliation().discrepancies()).isEmpty();
		assertThat(report.audit().isClean()).as(report.toString()).isTrue();
	}

	@Test
	@FullRun
	void reportsTheResultsUpToAFailedCommand() {
		DrillReport report = report("scale to zero", (context) -> context.platform().scale(SERVICE, 0));
		assertThat(report.passed()).isFalse();
		assertThat(report.violations()).singleElement()
			.asString()
			.startsWith(
					"aborted: ./platform scale order-service 0 exited with 2: platform: invalid number of instances '0'");
		assertThat(report.failedRequests()).as(report.toString()).isZero();
	}

	@Test
	@FullRun
	void everyOrderHasItsTraceWhenInstancesAreKilled() {
		DrillReport report = new DrillRun(new TraceScenario(), 1, LIGHT, new Progress(System.out)).runOn(this.platform);
		System.out.println(report);
		assertThat(report.passed()).as(report.toString()).isTrue();
	}

	/**
	 * Scales a service to two instances, pauses and kills one of them, and restarts both.
	 */
	private static void changeInstances(DrillContext context) {
		context.runPhase("1 → 2", () -> context.platform().scale(SERVICE, 2));
		RunRecord hanging = context.anyOf(SERVICE);
		context.runPhase("SIGSTOP " + hanging.instance(), () -> {
			DrillContext.process(hanging).pause();
			context.continueFor(FAULT);
			DrillContext.process(hanging).resume();
		});
		context.runPhase("recovery of the paused instance", () -> context.continueFor(FAULT));
		RunRecord killed = context.anyOf(SERVICE);
		context.runPhase("kill -9 " + killed.instance(), () -> {
			DrillContext.process(killed).kill();
			context.continueFor(FAULT);
		});
		context.runPhase("start of " + killed.instance(), context.platform()::up);
		context.runPhase("restart", () -> context.platform().restart(SERVICE));
		context.runPhase("2 → 1", () -> context.platform().scale(SERVICE, 1));
	}

	private DrillReport report(String name, Consumer<DrillContext> work) {
		return new DrillRun(new Once(name, work), 1, LIGHT, new Progress(System.out)).runOn(this.platform);
	}

	/** A scenario of a single round that starts with one instance of each service. */
	private record Once(String name, Consumer<DrillContext> work) implements Scenario {

		@Override
		public int instances() {
			return 1;
		}

		@Override
		public int rounds() {
			return 1;
		}

		@Override
		public void runRound(DrillContext context) {
			this.work.accept(context);
		}

	}

}
