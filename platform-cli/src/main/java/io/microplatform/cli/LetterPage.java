package io.microplatform.cli;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.apache.kafka.common.header.Header;

import io.microplatform.lab.deadletter.DeadLetter;
import io.microplatform.lab.deadletter.LetterAction;

/**
 * The full text of one dead letter.
 *
 * @param letter what to show
 */
record LetterPage(DeadLetter letter) {

	/** An action, in one line. */
	static String told(LetterAction action) {
		return "%s by %s at %s".formatted(action.kind().name().toLowerCase(Locale.ROOT), Printable.line(action.who()),
				action.at());
	}

	@Override
	public String toString() {
		LetterAction action = this.letter.action();
		StringBuilder page = new StringBuilder();
		row(page, "letter", this.letter.reference().toString());
		row(page, "state", (action != null) ? told(action) : "open");
		row(page, "message",
				"%s, key %s".formatted(Printable.line(this.letter.originalPlace()), Printable.line(this.letter.key())));
		row(page, "given up", "%s by %s, attempts: %s".formatted(this.letter.at(),
				Printable.line(this.letter.consumer()), Printable.line(this.letter.attempts())));
		row(page, "reason", Printable.line(this.letter.reason()));
		for (Header header : this.letter.message().headers()) {
			row(page, "header", "%s: %s".formatted(Printable.line(header.key()), text(header)));
		}
		String data = this.letter.data();
		return page.append((data != null) ? "\n" + Printable.lines(data) : "\nthere are no data")
			.append('\n')
			.toString();
	}

	private static void row(StringBuilder page, String name, String value) {
		page.append("%-9s %s\n".formatted(name, value));
	}

	private static String text(Header header) {
		byte[] value = header.value();
		return Printable.line((value != null) ? new String(value, StandardCharsets.UTF_8) : null);
	}

}
