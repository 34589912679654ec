package io.microplatform.acceptance.drill;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.platform.Progress;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One round of each exercise as {@code ./platform drill} does it, with all of its load,
 * and with two of each server.
 */
@FullRun
class LongDrillTests {

	static final List<Exercise> EXERCISES = Exercise.all();

	private static final Conditions CONDITIONS = new Conditions(100, true, false);

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	@ParameterizedTest
	@FieldSource("EXERCISES")
	void passes(Exercise exercise) {
		Path root = Path.of(Objects.requireNonNull(System.getProperty("platform.root"))).toAbsolutePath();
		DrillReport report = new DrillRun(exercise, 1, CONDITIONS, new Progress(System.out)).run(root, this.directory);
		System.out.println(report);
		assertThat(report.isGood()).as(report.toString()).isTrue();
	}

}
