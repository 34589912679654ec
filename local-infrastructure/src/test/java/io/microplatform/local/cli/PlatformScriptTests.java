package io.microplatform.local.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.microplatform.local.cli.StandInCheckout.Output;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the shell script answers by itself.
 */
class PlatformScriptTests {

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	private Output run(Map<String, String> environment, String line) throws Exception {
		Path script = Path.of(Objects.requireNonNull(System.getProperty("platform.root")), "platform");
		ProcessBuilder builder = new ProcessBuilder("bash", "-c", script + " " + line);
		builder.environment().put("PLATFORM_STATE_DIR", this.directory.resolve("state").toString());
		builder.environment().putAll(environment);
		Process process = builder.start();
		String out = read(process.getInputStream());
		String err = read(process.getErrorStream());
		return new Output(process.waitFor(), out, err);
	}

	private static String read(InputStream stream) throws IOException {
		return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "--help", "up --help", "demo --help", "status --help", "logs --help", "doctor --help",
			"test --help", "down --help" })
	void helps(String line) throws Exception {
		Output output = run(Map.of(), line);
		assertThat(output.code()).isZero();
		assertThat(output.out()).startsWith("usage: ./platform");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "fly", "fly --help", "up --fast", "down --purge --purge", "status --purge", "logs",
			"logs redis -x", "doctor -x", "scale user-service", "token ada@example.org" })
	void refusesWhatItDoesNotKnow(String line) throws Exception {
		Output output = run(Map.of(), line);
		assertThat(output.code()).isEqualTo(2);
		assertThat(output.err()).contains("usage: ./platform");
		assertThat(output.out()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "down", "down --purge", "status" })
	void saysThatNothingRuns(String line) throws Exception {
		Output output = run(Map.of(), line);
		assertThat(output.code()).isZero();
		assertThat(output.out()).startsWith("nothing is running");
	}

	@Test
	void theDoctorLooksAtTheBuildToolsToo() throws Exception {
		assertThat(run(Map.of(), "doctor").out()).contains("✓ JDK 25 at ", "✓ Maven at ", "MiB of disk free");
	}

	@Test
	void refusesOtherSystems() throws Exception {
		Output output = run(Map.of("BASH_FUNC_uname%%", "() { echo MINGW64; }"), "up");
		assertThat(output.code()).isOne();
		assertThat(output.err()).contains("Linux and macOS only");
	}

}
