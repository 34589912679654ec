package io.microplatform.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.microplatform.cli.StandInCheckout.Output;
import io.microplatform.local.process.Await;

import static org.assertj.core.api.Assertions.assertThat;

class LogsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path root;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	@BeforeEach
	void logSomething() throws IOException {
		Files.createDirectories(this.root.resolve(".platform/logs"));
		write("user-service-1", at(1, "a"), "  at a stack trace", at(4, "d"));
		write("user-service-2", at(2, "b"), at(3, "c"));
		write("user-service-old", at(0, "not an instance of it"));
		write("redis", "Ready to accept connections");
	}

	private static String at(int second, String message) {
		return String.format(Locale.ROOT, "{\"@timestamp\":\"2026-01-01T00:00:0%d.000Z\",\"message\":\"%s\"}", second,
				message);
	}

	private Path file(String instance) {
		return this.root.resolve(".platform/logs").resolve(instance + ".log");
	}

	private void write(String instance, String... lines) throws IOException {
		Files.write(file(instance), List.of(lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

	private Output run(String... arguments) {
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		int code = new Platform(this.root, Map.of(), new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(err, true, StandardCharsets.UTF_8))
			.run(List.of(arguments), Instant.now());
		return new Output(code, this.out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
	}

	@Test
	void theLinesOfAllInstancesAreInOrderOfTime() {
		assertThat(run("logs", "user-service").out().lines()).containsExactly("user-service-1 | " + at(1, "a"),
				"user-service-1 |   at a stack trace", "user-service-2 | " + at(2, "b"),
				"user-service-2 | " + at(3, "c"), "user-service-1 | " + at(4, "d"));
	}

	@Test
	void aSingleInstanceNeedsNoPrefix() {
		assertThat(run("logs", "user-service-2").out().lines()).containsExactly(at(2, "b"), at(3, "c"));
	}

	@Test
	void anUnfinishedLastLineIsShownToo() throws IOException {
		Files.writeString(file("redis"), "Aborted", StandardOpenOption.APPEND);
		assertThat(run("logs", "redis").out().lines()).containsExactly("Ready to accept connections", "Aborted");
	}

	@Test
	void anUnknownServiceIsAnsweredWithTheKnownOnes() {
		Output output = run("logs", "user-servise");
		assertThat(output.code()).isEqualTo(2);
		assertThat(output.err()).contains("user-servise", "discovery-server", "kafka", "user-service-2")
			.hasLineCount(1);
	}

	@Test
	void aServiceThatNeverRanHasNoLog() {
		Output output = run("logs", "api-gateway");
		assertThat(output.code()).isOne();
		assertThat(output.err()).contains("./platform up").hasLineCount(1);
	}

	@Test
	void followingGoesOnWithNewLinesNewRunsAndNewInstances() throws Exception {
		Thread follower = Thread.ofVirtual().start(() -> run("logs", "user-service", "-f"));
		assertShown("user-service-1 | " + at(4, "d"));
		Files.writeString(file("user-service-1"), "{\"@timestamp\":", StandardOpenOption.APPEND);
		write("user-service-2", at(5, "e"));
		assertShown("user-service-2 | " + at(5, "e"));
		write("user-service-3", at(6, "f"));
		assertShown("user-service-3 | " + at(6, "f"));
		Files.move(file("user-service-2"), file("user-service-2.log.1"));
		write("user-service-2", at(7, "after a restart"));
		assertShown("user-service-2 | " + at(7, "after a restart"));
		assertThat(shown()).doesNotContain("user-service-1 | {\"@timestamp\":\n");
		follower.interrupt();
		assertThat(follower.join(PATIENCE)).isTrue();
	}

	private String shown() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

	private void assertShown(String line) {
		Await.until(PATIENCE, () -> shown().contains(line + "\n"));
		assertThat(shown()).contains(line + "\n");
	}

}
