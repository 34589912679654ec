package io.microplatform.lab.drill;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests one round of each scenario with the full load of {@code ./platform drill}, one
 * after another on a platform with pairs of servers.
 */
@FullRun
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LongDrillTests {

	static final List<Scenario> SCENARIOS = Scenario.all()
		.stream()
		.filter((scenario) -> scenario.parts().isEmpty())
		.toList();

	private static final DrillOptions OPTIONS = new DrillOptions(100, false, true, false);

	private static final Progress PROGRESS = new Progress(System.out);

	@SuppressWarnings("NullAway.Init") // Started before the first test.
	private PrivatePlatform platform;

	@BeforeAll
	void start(@TempDir Path directory) {
		Path root = Path.of(Objects.requireNonNull(System.getProperty("platform.root"))).toAbsolutePath();
		this.platform = PrivatePlatform.start(root, directory, OPTIONS.environment(root, directory),
				OPTIONS.up(SCENARIOS));
		this.platform.awaitTraining();
		new LoadCalibration(this.platform, PROGRESS).warmUp(OPTIONS.callsPerSecond());
	}

	@AfterAll
	void end() {
		this.platform.close();
	}

	@ParameterizedTest
	@FieldSource("SCENARIOS")
	void passes(Scenario scenario) {
		DrillReport report = new DrillRun(scenario, 1, OPTIONS, PROGRESS).runOn(this.platform);
		System.out.println(report);
		assertThat(report.passed()).as(report.toString()).isTrue();
	}

}
