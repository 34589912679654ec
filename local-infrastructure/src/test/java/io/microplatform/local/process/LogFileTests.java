package io.microplatform.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LogFileTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Instance INSTANCE = Instance.of("stand-in", 1, "none");

	private final Path directory;

	private final Path logs;

	LogFileTests(@TempDir Path directory) {
		this.directory = directory;
		this.logs = directory.resolve("logs");
	}

	@Test
	void keepsTheOutputOfAProgramWithALogOfItsOwnSeparate() throws IOException {
		run("echo logged >>$LOGGING_FILE_NAME; echo printed; echo failed >&2");
		run("echo logged again >>$LOGGING_FILE_NAME; echo printed again");
		assertThat(this.logs.resolve("stand-in.log")).hasContent("logged\nlogged again\n");
		assertThat(this.logs.resolve("stand-in.out")).hasContent("printed again\n");
		assertThat(this.logs.resolve("stand-in.out.1")).hasContent("printed\nfailed\n");
	}

	@Test
	void tailContainsTheLogFollowedByTheOutput() throws IOException {
		run("for i in 1 2 3; do echo line $i >>$LOGGING_FILE_NAME; done; echo crash");
		assertThat(tail(3)).containsExactly("line 2", "line 3", "crash");
		assertThat(tail(1)).containsExactly("crash");
	}

	@Test
	void tailOmitsTheLogOfAnEarlierRun() throws IOException {
		Files.createDirectories(this.logs);
		Path log = Files.writeString(this.logs.resolve("stand-in.log"), "an earlier run\n");
		Files.setLastModifiedTime(log, FileTime.from(Instant.now().minusSeconds(60)));
		run("echo crash");
		assertThat(tail(20)).containsExactly("crash");
	}

	@Test
	void writesTheOutputOfOtherProgramsToTheirLog() throws IOException {
		RunningProcess process = new DetachedLauncher(new RunRecords(this.directory.resolve("run")), this.logs)
			.launch(INSTANCE, command("echo printed", Map.of()), Shutdown.USUAL);
		assertThat(process.awaitEnd(PATIENCE)).isTrue();
		assertThat(tail(20)).containsExactly("printed");
		assertThat(this.logs.resolve("stand-in.out")).doesNotExist();
	}

	@Test
	void shortensTheOutputOfALongRunThatContinues() throws IOException {
		LeashedLauncher launcher = new LeashedLauncher(this.logs);
		RunningProcess process = launcher.launch(INSTANCE, command("""
				head -c 110000000 /dev/zero | tr '\\0' a
				printf '\\nbefore\\n'
				touch printed
				until [ -e go ]; do sleep 0.05; done
				echo after
				""", Map.of()), Shutdown.USUAL);
		Path log = this.logs.resolve("stand-in.log");
		assertThat(Await.until(PATIENCE, () -> Files.exists(this.directory.resolve("printed")))).isTrue();
		LogFile.shortenAll(this.logs);
		assertThat(log).isEmptyFile();
		Path kept = this.logs.resolve("stand-in.log.1");
		assertThat(kept).hasSize(LogFile.KEPT);
		assertThat(new LogFile(kept).tail(1)).containsExactly("before");
		Files.createFile(this.directory.resolve("go"));
		assertThat(process.awaitEnd(PATIENCE)).isTrue();
		LogFile.shortenAll(this.logs);
		assertThat(log).hasContent("after\n");
		launcher.forget(INSTANCE.instance());
	}

	private void run(String script) throws IOException {
		LeashedLauncher launcher = new LeashedLauncher(this.logs);
		RunningProcess process = launcher.launch(INSTANCE,
				command(script, Map.of(LogFile.VARIABLE, this.logs.resolve("stand-in.log").toString())),
				Shutdown.USUAL);
		assertThat(process.awaitEnd(PATIENCE)).isTrue();
		launcher.forget(INSTANCE.instance());
	}

	private Command command(String script, Map<String, String> environment) {
		return new Command(List.of("bash", "-c", script), environment, this.directory);
	}

	private List<String> tail(int lines) {
		return LogFile.tail(this.logs, "stand-in", lines);
	}

}
