package io.microplatform.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.microplatform.cli.LogTail.LogLine;
import io.microplatform.cli.StandInCheckout.Output;
import io.microplatform.local.process.Await;

import static org.assertj.core.api.Assertions.assertThat;

class LogsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path root;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	@BeforeEach
	void logSomething() throws IOException {
		Files.createDirectories(this.root.resolve(".platform/logs"));
		ServiceFiles.write(this.root);
		write("user-service-1", at(1, "a"), "  at a stack trace", at(4, "d"));
		write("user-service-2", at(2, "b"), at(3, "c"));
		write("user-service-old", at(0, "not an instance of it"));
		write("redis", "1:M 01 Jan 2026 00:00:02.500 * Ready to accept connections");
	}

	private static String at(int second, String message) {
		return at(second, "INFO", message, "");
	}

	private static String at(int second, String level, String message, String fields) {
		String time = String.format(Locale.ROOT, "2026-01-01T00:00:0%d.000Z", second);
		return "{\"@timestamp\":\"%s\",\"log\":{\"level\":\"%s\"},\"message\":\"%s\"%s}".formatted(time, level, message,
				fields);
	}

	private Path file(String instance) {
		return this.root.resolve(".platform/logs").resolve(instance + ".log");
	}

	private Path rolled(int number) {
		return file("user-service-2").resolveSibling("user-service-2.log.2026-01-01." + number);
	}

	private void write(String instance, String... lines) throws IOException {
		Files.write(file(instance), List.of(lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

	private Output run(String... arguments) {
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		int code = new Platform(this.root, Map.of(), new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(err, true, StandardCharsets.UTF_8))
			.run(List.of(arguments), NOW);
		return new Output(code, this.out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
	}

	@Test
	void theLinesOfAllInstancesAreInOrderOfTime() {
		assertThat(run("logs", "user-service").out().lines()).containsExactly("00:00:01.000 user-service-1 INFO  a",
				"user-service-1 |   at a stack trace", "00:00:02.000 user-service-2 INFO  b",
				"00:00:03.000 user-service-2 INFO  c", "00:00:04.000 user-service-1 INFO  d");
	}

	@Test
	void sortsLinesThatThreadsWroteOutOfOrder() throws IOException {
		write("order-service-1", at(3, "later"), at(2, "earlier"));
		assertThat(run("logs", "order-service").out().lines())
			.containsExactly("00:00:02.000 order-service-1 INFO  earlier", "00:00:03.000 order-service-1 INFO  later");
	}

	@Test
	void showsTheLinesOfRolledFilesOnce() throws IOException {
		Path second = Files.move(file("user-service-2"), rolled(1));
		Path first = Files.writeString(rolled(0), at(1, "first") + "\n");
		Files.setLastModifiedTime(first, FileTime.from(NOW.minusSeconds(20)));
		Files.setLastModifiedTime(second, FileTime.from(NOW.minusSeconds(10)));
		write("user-service-2", at(4, "current"));
		assertThat(run("logs", "user-service-2", "--json").out().lines()).containsExactly(at(1, "first"), at(2, "b"),
				at(3, "c"), at(4, "current"));
	}

	@Test
	void showsTheOutputOfAnInstance() throws IOException {
		Files.writeString(this.root.resolve(".platform/logs/user-service-2.out"), "OutOfMemoryError\n");
		assertThat(run("logs", "user-service-2").out()).contains("user-service-2 | OutOfMemoryError\n");
	}

	@Test
	void anUnfinishedLastLineIsShownToo() throws IOException {
		Files.writeString(file("redis"), "Aborted", StandardOpenOption.APPEND);
		assertThat(run("logs", "redis").out().lines())
			.containsExactly("redis | 1:M 01 Jan 2026 00:00:02.500 * Ready to accept connections", "redis | Aborted");
	}

	@Test
	void allServicesAreMergedSinceATime() {
		assertThat(run("logs", "--since", "8s").out().lines()).containsExactly("00:00:02.000 user-service-2 INFO  b",
				"redis | 1:M 01 Jan 2026 00:00:02.500 * Ready to accept connections",
				"00:00:03.000 user-service-2 INFO  c", "00:00:04.000 user-service-1 INFO  d");
	}

	@Test
	void showsOnlyTheLinesOfATrace() throws IOException {
		write("api-gateway", at(1, "INFO", "in", ",\"trace.id\":\"" + TRACE + "\""));
		write("order-service-1", at(2, "INFO", "nested", ",\"trace\":{\"id\":\"" + TRACE + "\"}"),
				at(3, "mentions " + TRACE));
		assertThat(run("logs", "--trace", TRACE).out().lines()).containsExactly("00:00:01.000 api-gateway INFO  in",
				"00:00:02.000 order-service-1 INFO  nested");
	}

	@Test
	void showsOnlyTheLinesOfAnOrder() throws IOException {
		write("order-service-1", at(1, "INFO", "one", ",\"order.id\":\"1\""),
				at(2, "INFO", "eleven", ",\"order.id\":\"11\""));
		assertThat(run("logs", "--order", "1").out().lines()).containsExactly("00:00:01.000 order-service-1 INFO  one");
	}

	@Test
	void showsLinesOfAtLeastALevel() throws IOException {
		write("order-service-1", at(1, "DEBUG", "debug", ""), at(2, "WARN", "warn", ""), at(3, "ERROR", "error", ""));
		assertThat(run("logs", "--level", "warn").out().lines())
			.containsExactly("00:00:02.000 order-service-1 WARN  warn", "00:00:03.000 order-service-1 ERROR error");
	}

	@Test
	void succeedsWithoutMatchingLines() {
		Output output = run("logs", "--level", "error");
		assertThat(output.code()).isZero();
		assertThat(output.out()).isEmpty();
	}

	@Test
	void anErrorIsIndentedAndControlCharactersAreNotSent() throws IOException {
		write("order-service-1",
				at(1, "ERROR", "it failed \\u001b[2J",
						",\"error\":{\"type\":\"a.B\",\"message\":\"c\",\"stack_trace\":\"a.B: c\\n\\tat d\"}"),
				at(2, "ERROR", "again", ",\"error.type\":\"a.B\",\"error.message\":\"c\""));
		assertThat(run("logs", "order-service").out()).isEqualTo("""
				00:00:01.000 order-service-1 ERROR it failed \\u001b[2J
				    a.B: c
				    \tat d
				00:00:02.000 order-service-1 ERROR again
				    a.B: c
				""");
	}

	@Test
	void onATerminalLevelsAreColoured() {
		LogLine warning = new LogLine("a", Instant.EPOCH, at(1, "WARN", "b", ""));
		assertThat(new LogView(true).show(warning)).isEqualTo("00:00:00.000 a \033[33mWARN \033[0m b");
		assertThat(new LogView(false).show(warning)).isEqualTo("00:00:00.000 a WARN  b");
	}

	@Test
	void showsOnlyStructuredLinesAsJson() {
		assertThat(run("logs", "user-service-1", "--json").out().lines()).containsExactly(at(1, "a"), at(4, "d"));
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
		assertShown("00:00:04.000 user-service-1 INFO  d");
		Files.writeString(file("user-service-1"), "{\"@timestamp\":", StandardOpenOption.APPEND);
		write("user-service-2", at(5, "e"));
		assertShown("00:00:05.000 user-service-2 INFO  e");
		write("user-service-3", at(6, "f"));
		assertShown("00:00:06.000 user-service-3 INFO  f");
		Files.move(file("user-service-2"), rolled(0));
		write("user-service-2", at(7, "after it was rolled"));
		assertShown("00:00:07.000 user-service-2 INFO  after it was rolled");
		assertThat(shown()).containsOnlyOnce("user-service-2 INFO  e").doesNotContain("{\"@timestamp\":\n");
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
