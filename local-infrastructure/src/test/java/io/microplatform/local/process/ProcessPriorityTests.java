package io.microplatform.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

@EnabledOnOs(OS.LINUX)
class ProcessPriorityTests {

	private static final Instance INSTANCE = new Instance("nice", "nice-1", 0, null, "", null, null);

	private static final int NICE = 16;

	@TempDir
	Path directory;

	@Test
	void aProcessYieldsWithAllItsThreadsUntilItIsTakenBack() throws IOException {
		Command java = new Command(List.of(CurrentJava.executable(), "-cp", System.getProperty("java.class.path"),
				RunningProcessTests.Listener.class.getName()), Map.of(), this.directory);
		Command yielding = ProcessPriority.SERVICE.joining(java);
		assumeThat(yielding).as("the right to take niceness back").isNotEqualTo(ProcessPriority.SERVICE.of(java));
		LeashedLauncher launcher = new LeashedLauncher(this.directory);
		RunningProcess process = launcher.launch(INSTANCE, yielding, Shutdown.USUAL);
		try {
			LogFile log = LogFile.of(this.directory, INSTANCE.instance());
			assertThat(Await.until(Duration.ofSeconds(30), () -> !log.tail(1).isEmpty())).isTrue();
			assertThat(nicenessOfThreads(process)).hasSizeGreaterThan(500).containsOnly(10);
			ProcessPriority.SERVICE.restore(process);
			assertThat(nicenessOfThreads(process)).hasSizeGreaterThan(500).containsOnly(3);
		}
		finally {
			process.kill();
			launcher.forget(INSTANCE.instance());
		}
	}

	private static List<Integer> nicenessOfThreads(RunningProcess process) throws IOException {
		try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
			return threads.map(ProcessPriorityTests::niceness).toList();
		}
	}

	private static int niceness(Path thread) {
		try {
			String stat = Files.readString(thread.resolve("stat"));
			return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE]);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
