package io.microplatform.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.microplatform.local.LocalInfrastructure;
import io.microplatform.cli.StandInCheckout.Output;
import io.microplatform.lab.deadletter.DeadLetters;
import io.microplatform.lab.deadletter.LetterReference;
import io.microplatform.lab.deadletter.Letters;
import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.DetachedLauncher;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.RunRecords;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.process.Shutdown;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * On a platform of which nothing runs but Kafka.
 */
class DlqTests {

	private static final Kafka KAFKA = LocalInfrastructure.shared().kafka();

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path root;

	@SuppressWarnings("NullAway.Init") // started before each
	private RunningProcess onRecord;

	/** Stands for the broker, which was started elsewhere. */
	@BeforeEach
	void putKafkaOnRecord() throws IOException {
		Path state = Files.createDirectories(this.root.resolve(".platform"));
		Files.writeString(state.resolve("secrets.env"),
				"PLATFORM_KAFKA_ADMIN_PASSWORD=%s\n".formatted(KAFKA.adminPassword()));
		this.onRecord = new DetachedLauncher(new RunRecords(state.resolve("run")), state.resolve("logs")).launch(
				Instance.of(Kafka.NAME, KAFKA.port(), "kafka"),
				new Command(List.of("sleep", "600"), Map.of(), this.root), Shutdown.USUAL);
	}

	@BeforeEach
	void nobodyElsesLetterIsOpen() {
		try (DeadLetters letters = new DeadLetters(KAFKA.adminProperties())) {
			letters.open().forEach((letter) -> letters.discard(letter, "a test"));
		}
	}

	@AfterEach
	void stop() {
		this.onRecord.kill();
	}

	@Test
	void withoutLettersItSaysSo() {
		for (String line : List.of("dlq list", "dlq list orders", "dlq replay all", "dlq discard all")) {
			assertThat(done(line)).isEqualTo("there are no open dead letters\n");
		}
	}

	@Test
	void listsWhatIsOpenAndOnRequestTheRest() {
		LetterReference order = Letters.write("orders", "17", "{}", "java.lang.IllegalStateException: no order");
		LetterReference credit = Letters.write("credit", "18", "{}", "why\nnot\u001b[2J");
		LetterReference discarded = Letters.write("credit", "19", "{}", "why");
		done("dlq discard " + discarded);
		assertThat(done("dlq list").lines()).hasSize(4)
			.satisfiesExactly((head) -> assertThat(head).startsWith("LETTER"),
					(line) -> assertThat(line).startsWith(credit.toString())
						.endsWith("18           why\\u000anot\\u001b[2J"),
					(line) -> assertThat(line).startsWith(order.toString())
						.contains("test.letter", "17", "java.lang.IllegalStateException: no order"),
					(end) -> assertThat(end).isEqualTo("2 open dead letters"));
		assertThat(done("dlq list orders")).contains(order.toString(), "1 open dead letter\n")
			.doesNotContain(credit.toString());
		assertThat(done("dlq list orders.dlq")).contains(order.toString());
		assertThat(done("dlq list credit --all")).contains(credit.toString(), discarded.toString(),
				"discarded by " + System.getProperty("user.name") + " at ", "1 open dead letter\n");
	}

	@Test
	void showsALetterWhole() {
		LetterReference letter = Letters.write("orders", "17", "{\n\t\"orderId\": 1\u001b[31m\n}", "why");
		assertThat(done("dlq show " + letter)).contains("letter    " + letter, "state     open",
				"message   orders/4/17, key 17", "by test, attempts: 3", "reason    why",
				"header    ce_type: test.letter", "\n\n{\n\t\"orderId\": 1\\u001b[31m\n}\n");
		done("dlq discard " + letter);
		assertThat(done("dlq show " + letter)).contains("state     discarded by ");
	}

	@Test
	void replaysAndDiscardsOneOrAll() {
		LetterReference one = Letters.write("orders", "1", "{}", "why");
		LetterReference two = Letters.write("orders", "2", "{}", "why");
		LetterReference three = Letters.write("credit", "3", "{}", "why");
		assertThat(done("dlq replay " + one)).isEqualTo(one + " replayed\n");
		assertThat(done("dlq discard all")).contains(two + " discarded\n", three + " discarded\n")
			.endsWith("\n2 discarded\n");
		LetterReference four = Letters.write("credit", "4", "{}", "why");
		assertThat(done("dlq replay all")).isEqualTo(four + " replayed\n1 replayed\n");
		assertThat(done("dlq list")).isEqualTo("there are no open dead letters\n");
	}

	@Test
	void aLetterIsDealtWithOnce() {
		LetterReference letter = Letters.write("orders", "1", "{}", "why");
		done("dlq discard " + letter);
		assertRefused(1, letter + " is not open: discarded by ", "dlq replay " + letter);
		assertRefused(1, letter + " is not open: discarded by ", "dlq discard " + letter);
	}

	@ParameterizedTest
	@ValueSource(strings = { "dlq list users", "dlq show orders", "dlq show all", "dlq replay orders.dlq/1/99999999",
			"dlq discard orders.dlq/1" })
	void whatThereIsNot(String line) {
		assertRefused(2, "", line);
	}

	@Test
	void aBrokerThatHangsIsSaid() throws IOException {
		KAFKA.pause();
		try {
			assertRefused(1, "kafka failed", "dlq list");
		}
		finally {
			KAFKA.resume();
		}
	}

	private String done(String line) {
		Output output = run(line);
		assertThat(output.err()).isEmpty();
		assertThat(output.code()).isZero();
		return output.out();
	}

	private void assertRefused(int code, String reason, String line) {
		Output output = run(line);
		assertThat(output.out()).isEmpty();
		assertThat(output.err()).startsWith("platform: ").contains(reason).hasLineCount(1);
		assertThat(output.code()).isEqualTo(code);
	}

	private Output run(String line) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		int code = new Platform(this.root, Map.of(), new PrintStream(out, true, StandardCharsets.UTF_8),
				new PrintStream(err, true, StandardCharsets.UTF_8))
			.run(List.of(line.split(" ")), Instant.now());
		return new Output(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
	}

}
