package io.microplatform.acceptance.drill;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.acceptance.platform.Progress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One round of each exercise as {@code ./platform drill} does it, with all of its load,
 * one after another on a platform with two of each server.
 */
@FullRun
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LongDrillTests {

	static final List<Exercise> EXERCISES = Exercise.all();

	private static final Conditions CONDITIONS = new Conditions(100, true, false);

	@SuppressWarnings("NullAway.Init") // Started before the first test.
	private PrivatePlatform platform;

	@BeforeAll
	void start(@TempDir Path directory) {
		Path root = Path.of(Objects.requireNonNull(System.getProperty("platform.root"))).toAbsolutePath();
		this.platform = PrivatePlatform.start(root, directory, CONDITIONS.choices(root, directory), CONDITIONS.pairs());
		this.platform.awaitTraining();
		runOf(EXERCISES.getFirst()).warmUp(this.platform);
	}

	@AfterAll
	void end() {
		this.platform.close();
	}

	@ParameterizedTest
	@FieldSource("EXERCISES")
	void passes(Exercise exercise) {
		DrillReport report = runOf(exercise).on(this.platform);
		System.out.println(report);
		assertThat(report.isGood()).as(report.toString()).isTrue();
	}

	private static DrillRun runOf(Exercise exercise) {
		return new DrillRun(exercise, 1, CONDITIONS, new Progress(System.out));
	}

}
