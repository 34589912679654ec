package io.microplatform.acceptance.drill;

import java.time.Duration;
import java.util.function.Consumer;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.acceptance.platform.Progress;
import io.microplatform.local.process.RunRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A short form of what {@code ./platform drill} does at length, with less load.
 */
@AcceptanceTest
class DrillTests {

	private static final Conditions LIGHT = new Conditions(20, false, false);

	private static final Duration FAULT = Duration.ofSeconds(5);

	private static final String DISTURBED = "order-service";

	private static final String RESTARTED = "user-service";

	private final PrivatePlatform platform;

	DrillTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	/** Other tests count on it. */
	@AfterAll
	void leaveOneOfEach() {
		this.platform.up();
		Exercise.BUSINESS.forEach((service) -> this.platform.scale(service, 1));
	}

	@Test
	void noRequestFailsWhileInstancesComeAndGo() {
		DrillReport report = report("come and go", DrillTests::comeAndGo);
		System.out.println(report);
		assertThat(report.failed()).as(report.toString()).isZero();
		assertThat(report.objections()).isEmpty();
		assertThat(report.settlement().contradictions()).isEmpty();
		assertThat(report.audit().isClean()).as(report.toString()).isTrue();
	}

	@Test
	void whatUsersSawUntilACommandFailedIsReported() {
		DrillReport report = report("no instance at all", (field) -> field.platform().scale(DISTURBED, 0));
		assertThat(report.isGood()).isFalse();
		assertThat(report.objections()).singleElement()
			.asString()
			.startsWith("broken off: ./platform scale order-service 0 ended with 2: platform: \"0\" is no number");
		assertThat(report.failed()).as(report.toString()).isZero();
	}

	/**
	 * Each service gets a second instance; of one service an instance hangs and one dies,
	 * the other one is restarted, and the registry goes and comes back.
	 */
	private static void comeAndGo(Field field) {
		Exercise.BUSINESS
			.forEach((service) -> field.during(service + " 1 → 2", () -> field.platform().scale(service, 2)));
		RunRecord hanging = field.anyOf(DISTURBED);
		field.during("SIGSTOP " + hanging.instance(), () -> {
			Field.process(hanging).pause();
			field.wait(FAULT);
			Field.process(hanging).resume();
		});
		field.during("until it is well again", () -> field.wait(FAULT));
		killAndStart(field.anyOf(DISTURBED), field);
		field.during("restart " + RESTARTED, () -> field.platform().restart(RESTARTED));
		killAndStart(field.anyOf(Field.REGISTRY), field);
		Exercise.BUSINESS
			.forEach((service) -> field.during(service + " 2 → 1", () -> field.platform().scale(service, 1)));
	}

	private static void killAndStart(RunRecord victim, Field field) {
		field.during("kill -9 " + victim.instance(), () -> {
			Field.process(victim).kill();
			field.wait(FAULT);
		});
		field.during("start of " + victim.instance(), field.platform()::up);
	}

	private DrillReport report(String name, Consumer<Field> work) {
		return new DrillRun(new Once(name, work), 1, LIGHT, new Progress(System.out)).on(this.platform);
	}

	/** Done once, from one instance of each service on. */
	private record Once(String name, Consumer<Field> work) implements Exercise {

		@Override
		public int instances() {
			return 1;
		}

		@Override
		public int rounds() {
			return 1;
		}

		@Override
		public void round(Field field) {
			this.work.accept(field);
		}

	}

}
