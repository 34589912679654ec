package io.microplatform.local.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.apache.kafka.common.KafkaException;

import io.microplatform.local.deadletter.DeadLetter;
import io.microplatform.local.deadletter.DeadLetters;
import io.microplatform.local.deadletter.LetterAction;
import io.microplatform.local.deadletter.LetterReference;
import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.server.Secrets;

/**
 * Shows dead letters, and does what somebody decided about them. Needs nothing but Kafka.
 */
final class Dlq {

	private final PrintStream out;

	private final Context context;

	private final DlqLine line;

	Dlq(Context context, DlqLine line) {
		this.out = context.out();
		this.context = context;
		this.line = line;
	}

	void run() throws IOException, CommandFailedException {
		RunRecord kafka = LivePlatform.requireRunning(this.context, Kafka.NAME);
		Properties connection = Kafka.clientProperties("127.0.0.1:" + kafka.port(), Kafka.ADMIN,
				Secrets.in(this.context.state()).password("KAFKA", Kafka.ADMIN));
		try (DeadLetters letters = new DeadLetters(connection)) {
			switch (this.line.verb()) {
				case LIST -> list(letters);
				case SHOW -> this.out.print(new LetterPage(find(letters)));
				case REPLAY -> each(letters, "replayed", (letter) -> letters.replay(letter, user()));
				case DISCARD -> each(letters, "discarded", (letter) -> letters.discard(letter, user()));
			}
		}
		catch (KafkaException ex) {
			throw new CommandFailedException("kafka failed: %s; `./platform status` shows what runs"
				.formatted(Printable.line(String.valueOf(ex.getMessage()))));
		}
	}

	private void list(DeadLetters letters) throws CommandFailedException {
		LetterTable table = new LetterTable(this.out, this.line.all());
		for (String topic : chosenTopics(letters)) {
			letters.read(topic, table::add);
		}
		table.end();
		letters.unreadableActions()
			.forEach((place) -> this.out.println("note: %s is not an action and changes no letter".formatted(place)));
	}

	private List<String> chosenTopics(DeadLetters letters) throws CommandFailedException {
		List<String> topics = letters.topics();
		String wanted = this.line.object();
		if (wanted == null) {
			return topics;
		}
		List<String> chosen = topics.stream()
			.filter((topic) -> topic.equals(wanted) || topic.equals(wanted + ".dlq"))
			.toList();
		if (chosen.isEmpty()) {
			throw CommandFailedException.notUnderstood("there are no dead letters of \"%s\": there are those of %s"
				.formatted(wanted, topics.stream().collect(Collectors.joining(", "))));
		}
		return chosen;
	}

	private DeadLetter find(DeadLetters letters) throws CommandFailedException {
		String typed = Objects.requireNonNull(this.line.object());
		LetterReference reference = LetterReference.of(typed)
			.orElseThrow(() -> CommandFailedException
				.notUnderstood("\"%s\" is not the name of a dead letter, as orders.dlq/3/42 is: `./platform dlq list`"
					.formatted(typed)));
		return letters.find(reference)
			.orElseThrow(() -> CommandFailedException
				.notUnderstood("there is no dead letter %s: `./platform dlq list`".formatted(reference)));
	}

	private void each(DeadLetters letters, String done, Consumer<DeadLetter> action) throws CommandFailedException {
		Tally tally = new Tally(done, action);
		if (DlqLine.ALL.equals(this.line.object())) {
			letters.topics().forEach((topic) -> letters.read(topic, tally::treat));
			this.out.println((tally.count == 0) ? "there are no open dead letters" : tally.count + " " + done);
			return;
		}
		DeadLetter letter = find(letters);
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

}
