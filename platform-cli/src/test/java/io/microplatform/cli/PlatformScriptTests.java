package io.microplatform.cli;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.microplatform.cli.StandInCheckout.Output;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the shell script answers by itself.
 */
class PlatformScriptTests {

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	private Output run(String line) throws Exception {
		return new Script(Script.ofThisCheckout(),
				Map.of("PLATFORM_STATE_DIR", this.directory.resolve("state").toString(), "PLATFORM_SKIP_BUILD", "1"))
			.run(line);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "fly", "fly --help", "up --fast", "down --purge --purge", "status --purge", "logs",
			"logs redis -x", "dlq show", "doctor -x", "scale user-service", "token ada@example.org" })
	void refusesWhatItDoesNotKnow(String line) throws Exception {
		Output output = run(line);
		assertThat(output.code()).isEqualTo(2);
		assertThat(output.err()).contains("usage: ./platform");
		assertThat(output.out()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "down", "down --purge", "status" })
	void saysThatNothingRuns(String line) throws Exception {
		Output output = run(line);
		assertThat(output.code()).isZero();
		assertThat(output.out()).startsWith("nothing is running");
	}

	@Test
	void theDoctorLooksAtTheBuildToolsToo() throws Exception {
		assertThat(run("doctor").out()).contains("✓ JDK 25 at ", "✓ Maven at ", "MiB of disk free");
	}

}
