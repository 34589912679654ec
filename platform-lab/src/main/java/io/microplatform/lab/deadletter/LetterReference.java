package io.microplatform.lab.deadletter;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reference to a dead letter by its position, such as {@code orders.dlq/3/42}.
 *
 * @param topic the topic of dead letters
 * @param partition the partition, usually that of the original message
 * @param offset the offset
 */
public record LetterReference(String topic, int partition, long offset) {

	private static final Pattern PATTERN = Pattern
		.compile("(?<topic>[a-zA-Z0-9._-]+\\.dlq)/(?<partition>\\d{1,9})/(?<offset>\\d{1,18})");

	/** Parses a reference; empty if the text is malformed. */
	public static Optional<LetterReference> of(String text) {
		Matcher parts = PATTERN.matcher(text);
		return parts.matches() ? Optional.of(new LetterReference(parts.group("topic"),
				Integer.parseInt(parts.group("partition")), Long.parseLong(parts.group("offset")))) : Optional.empty();
	}

	@Override
	public String toString() {
		return this.topic + "/" + this.partition + "/" + this.offset;
	}

}
