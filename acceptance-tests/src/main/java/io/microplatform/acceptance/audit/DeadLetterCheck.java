package io.microplatform.acceptance.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * No consumer has given an event up.
 *
 * @param topic of what was given up, such as {@code orders.dlq}
 */
record DeadLetterCheck(Topic topic) implements Check {

	@Override
	public Finding look() {
		List<String> letters = new ArrayList<>();
		this.topic.read((letter) -> letters.add("%s/%d/%d: %s %s: %s".formatted(letter.topic(), letter.partition(),
				letter.offset(), Topic.header(letter, "ce_type"), Topic.header(letter, "ce_id"),
				Topic.header(letter, "x-exception-message"))));
		return new Finding("nothing was given up to %s".formatted(this.topic.name()), letters.size(), "dead letters",
				letters);
	}

}
