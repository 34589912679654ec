package io.microplatform.local.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.server.Server;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a JVM started for its tests ends with it, however it ends.
 */
class LeashTests {

	private static final Duration END_TAKES_AT_MOST = Duration.ofSeconds(10);

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	@ParameterizedTest
	@EnumSource(names = { "KILL", "TERM" })
	void nothingOutlivesTheJvm(Signal signal) throws IOException {
		Process jvm = new ProcessBuilder(CurrentJava.executable(), "-XX:TieredStopAtLevel=1",
				"-Dplatform.root=" + System.getProperty("platform.root"), "-cp", System.getProperty("java.class.path"),
				OwnerOfInfrastructure.class.getName())
			.directory(this.directory.toFile())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (BufferedReader output = jvm.inputReader()) {
			List<RunningProcess> processes = Stream.of(String.valueOf(output.readLine()).split(" ", -1))
				.flatMap((pid) -> RunningProcess.of(Long.parseLong(pid)).stream())
				.toList();
			assertThat(processes).as("postgres with its children, redis and kafka").hasSizeGreaterThan(6);
			signal.send(List.of(jvm.pid()));
			assertThat(processes).allSatisfy((process) -> assertThat(process.awaitEnd(END_TAKES_AT_MOST)).isTrue());
		}
	}

	@Test
	void aProcessThatDoesNotListenEndsToo() throws IOException {
		Process jvm = new ProcessBuilder(CurrentJava.executable(), "-XX:TieredStopAtLevel=1", "-cp",
				System.getProperty("java.class.path"), OwnerOfTheDeaf.class.getName(), this.directory.toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (BufferedReader output = jvm.inputReader()) {
			RunningProcess deaf = RunningProcess.of(Long.parseLong(output.readLine())).orElseThrow();
			Signal.KILL.send(List.of(jvm.pid()));
			assertThat(deaf.awaitEnd(END_TAKES_AT_MOST)).isTrue();
		}
	}

	/** Starts the three and says which processes they are. */
	static final class OwnerOfInfrastructure {

		private OwnerOfInfrastructure() {
		}

		public static void main(String[] arguments) throws IOException, InterruptedException {
			LocalInfrastructure infrastructure = LocalInfrastructure.shared();
			List<String> pids = new ArrayList<>();
			for (Server server : List.of(infrastructure.postgres(), infrastructure.redis(), infrastructure.kafka())) {
				server.process().orElseThrow().tree().forEach((pid) -> pids.add(Long.toString(pid)));
			}
			System.out.println(String.join(" ", pids));
			Thread.currentThread().join();
		}

	}

	/** Starts a process that ignores what it is asked. */
	static final class OwnerOfTheDeaf {

		private OwnerOfTheDeaf() {
		}

		public static void main(String[] arguments) throws IOException, InterruptedException {
			Path directory = Path.of(arguments[0]);
			Path log = Files.createDirectories(directory.resolve("logs"));
			Command command = new Command(List.of("bash", "-c", "trap '' TERM; while :; do sleep 0.1; done"), Map.of(),
					directory);
			RunningProcess process = new LeashedLauncher(log).launch(Instance.of("deaf", 1, "none"), command,
					new Shutdown(Signal.TERM, Signal.TERM));
			System.out.println(process.pid());
			Thread.currentThread().join();
		}

	}

}
