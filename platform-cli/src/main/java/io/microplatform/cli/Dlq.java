package io.microplatform.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.microplatform.lab.deadletter.DeadLetter;
import io.microplatform.lab.deadletter.DeadLetters;
import io.microplatform.lab.deadletter.LetterAction;
import io.microplatform.lab.deadletter.LetterReference;
import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.server.Secrets;

/**
 * The commands that show and settle dead letters.
 */
@Command(name = "dlq", header = "lists, shows, replays or discards dead letters", synopsisSubcommandLabel = "COMMAND",
		description = """
				Shows and settles dead letters: events that a consumer gave up on. A letter such as orders.dlq/3/42 is open until
				it is replayed or discarded; the topic dlq.actions records by whom and when. Needs only Kafka. LETTER can be all
				to replay or discard every open letter.""")
final class Dlq {

	private static final String ALL = "all";

	private final PrintStream out;

	private final Context context;

	Dlq(Context context) {
		this.out = context.out();
		this.context = context;
	}

	@Command(header = "lists the open letters")
	void list(
			@Parameters(paramLabel = "TOPIC", arity = "0..1",
					description = "only those of one topic, as in orders or orders.dlq") @Nullable String topic,
			@Option(names = "--all", description = "settled letters too, with what was done") boolean all)
			throws IOException, CommandFailedException {
		withLetters((letters) -> list(letters, topic, all));
	}

	@Command(header = "shows one letter: the reason, the headers and the data")
	void show(@Parameters(paramLabel = "LETTER", description = "as in orders.dlq/3/42") String letter)
			throws IOException, CommandFailedException {
		withLetters((letters) -> this.out.print(new LetterPage(find(letters, letter))));
	}

	@Command(header = "sends the message to its topic once more",
			description = "It follows the messages that have come since. Sent twice, it is still applied once.")
	void replay(@Parameters(paramLabel = "LETTER", description = "as in orders.dlq/3/42, or all") String letter)
			throws IOException, CommandFailedException {
		withLetters((letters) -> each(letters, letter, "replayed", (open) -> letters.replay(open, user())));
	}

	@Command(header = "gives the message up for good")
	void discard(@Parameters(paramLabel = "LETTER", description = "as in orders.dlq/3/42, or all") String letter)
			throws IOException, CommandFailedException {
		withLetters((letters) -> each(letters, letter, "discarded", (open) -> letters.discard(open, user())));
	}

	private void withLetters(LetterTask task) throws IOException, CommandFailedException {
		RunRecord kafka = LivePlatform.requireRunning(this.context, Kafka.NAME);
		Properties connection = Kafka.clientProperties("127.0.0.1:" + kafka.port(), Kafka.ADMIN,
				Secrets.in(this.context.state()).password("KAFKA", Kafka.ADMIN));
		try (DeadLetters letters = new DeadLetters(connection)) {
			task.run(letters);
		}
		catch (KafkaException ex) {
			throw new CommandFailedException("kafka failed: %s; `./platform status` shows what runs"
				.formatted(Printable.line(String.valueOf(ex.getMessage()))));
		}
	}

	private void list(DeadLetters letters, @Nullable String topic, boolean all) throws CommandFailedException {
		LetterTable table = new LetterTable(this.out, all);
		for (String chosen : chosenTopics(letters, topic)) {
			letters.read(chosen, table::add);
		}
		table.end();
		letters.unreadableActions()
			.forEach((place) -> this.out.println("note: %s is not an action and changes no letter".formatted(place)));
	}

	private List<String> chosenTopics(DeadLetters letters, @Nullable String wanted) throws CommandFailedException {
		List<String> topics = letters.topics();
		if (wanted == null) {
			return topics;
		}
		List<String> chosen = topics.stream()
			.filter((topic) -> topic.equals(wanted) || topic.equals(wanted + ".dlq"))
			.toList();
		if (chosen.isEmpty()) {
			throw CommandFailedException.notUnderstood("invalid topic '%s': there are dead letters of %s"
				.formatted(wanted, topics.stream().collect(Collectors.joining(", "))));
		}
		return chosen;
	}

	private static DeadLetter find(DeadLetters letters, String typed) throws CommandFailedException {
		LetterReference reference = LetterReference.of(typed)
			.orElseThrow(() -> CommandFailedException.notUnderstood(
					"invalid dead letter '%s': must be like orders.dlq/3/42; `./platform dlq list` shows them"
						.formatted(typed)));
		return letters.find(reference)
			.orElseThrow(() -> CommandFailedException
				.notUnderstood("there is no dead letter %s: `./platform dlq list`".formatted(reference)));
	}

	private void each(DeadLetters letters, String typed, String done, Consumer<DeadLetter> action)
			throws CommandFailedException {
		Tally tally = new Tally(done, action);
		if (ALL.equals(typed)) {
			letters.topics().forEach((topic) -> letters.read(topic, tally::treat));
			this.out.println((tally.count == 0) ? "there are no open dead letters" : tally.count + " " + done);
			return;
		}
		DeadLetter letter = find(letters, typed);
		LetterAction before = letter.action();
		if (before != null) {
			throw new CommandFailedException(
					"%s is not open: %s".formatted(letter.reference(), LetterPage.told(before)));
		}
		tally.treat(letter);
	}

	private static String user() {
		return System.getProperty("user.name", "unknown");
	}

	/** Does the same to open letters, and says so of each. */
	private final class Tally {

		private final String done;

		private final Consumer<DeadLetter> action;

		private int count;

		private Tally(String done, Consumer<DeadLetter> action) {
			this.done = done;
			this.action = action;
		}

		void treat(DeadLetter letter) {
			if (letter.isOpen()) {
				this.action.accept(letter);
				this.count++;
				Dlq.this.out.println(letter.reference() + " " + this.done);
			}
		}

	}

	/** What a command does with the dead letters while they are open for reading. */
	private interface LetterTask {

		void run(DeadLetters letters) throws CommandFailedException;

	}

}
