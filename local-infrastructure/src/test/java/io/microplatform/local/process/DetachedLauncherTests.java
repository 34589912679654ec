package io.microplatform.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class DetachedLauncherTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Instance INSTANCE = Instance.of("stand-in", 1, "none");

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	private DetachedLauncher launcher() {
		return new DetachedLauncher(records(), this.directory.resolve("logs"));
	}

	private RunRecords records() {
		return new RunRecords(this.directory.resolve("run"));
	}

	private Command command(String script) {
		return new Command(List.of("bash", "-c", script), Map.of("GIVEN", "value"), this.directory);
	}

	@Test
	void whatItStartsIsOnRecordAndLeadsAProcessGroup() throws IOException {
		RunningProcess process = launcher().launch(INSTANCE, command("sleep 100"), Shutdown.USUAL);
		try {
			RunRecord entry = records().find("stand-in").orElseThrow();
			assertThat(entry.pid()).isEqualTo(process.pid());
			assertThat(entry.process()).isPresent();
			Process ps = new ProcessBuilder("ps", "-o", "pgid=", "-p", Long.toString(process.pid())).start();
			assertThat(ps.inputReader().readLine().strip()).isEqualTo(Long.toString(process.pid()));
		}
		finally {
			process.kill();
		}
		assertThat(records().find("stand-in").orElseThrow().process()).isEmpty();
	}

	@Test
	void itKnowsOnlyWhatItIsGiven() throws IOException {
		RunningProcess process = launcher().launch(INSTANCE, command("env; exit"), Shutdown.USUAL);
		assertThat(process.awaitEnd(PATIENCE)).isTrue();
		assertThat(LogFile.of(this.directory.resolve("logs"), "stand-in").tail(100)).contains("GIVEN=value")
			.noneMatch((line) -> line.startsWith("JAVA_HOME") || line.startsWith("MAVEN"));
	}

	@Test
	void nothingRunsThatCouldNotBeRecorded() throws IOException {
		// A directory stands where the record should go.
		Path obstacle = this.directory.resolve("run/stand-in.json." + ProcessHandle.current().pid() + ".tmp/full");
		Files.createDirectories(obstacle);
		assertThatIOException()
			.isThrownBy(() -> launcher().launch(INSTANCE, command("touch began"), Shutdown.USUAL).awaitEnd(PATIENCE));
		assertThat(this.directory.resolve("began")).doesNotExist();
	}

	@Test
	void anotherProcessWithTheSamePidIsNotTakenForIt() {
		assertThat(new RunningProcess(ProcessHandle.current().pid(), "another start").isAlive()).isFalse();
	}

	@Test
	void oneThatDoesNotEndIsKilledWithItsChildren() throws IOException {
		RunningProcess process = launcher().launch(INSTANCE,
				command("trap '' TERM; sleep 100 & echo up; while :; do sleep 0.1; done"), Shutdown.USUAL);
		LogFile log = LogFile.of(this.directory.resolve("logs"), "stand-in");
		assertThat(Await.until(PATIENCE, () -> log.tail(1).contains("up"))).isTrue();
		List<RunningProcess> tree = process.tree().stream().flatMap((pid) -> RunningProcess.of(pid).stream()).toList();
		assertThat(tree).hasSizeGreaterThanOrEqualTo(2);
		assertThat(process.stop(Signal.TERM, Duration.ofMillis(300))).isFalse();
		assertThat(tree).noneMatch(RunningProcess::isAlive);
	}

}
