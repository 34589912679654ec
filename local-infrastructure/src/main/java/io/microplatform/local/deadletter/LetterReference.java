package io.microplatform.local.deadletter;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a dead letter is called: where it is, as in {@code orders.dlq/3/42}.
 *
 * @param topic the topic of dead letters
 * @param partition its partition there; as a rule the one that the message had in its
 * topic
 * @param offset its place in that partition
 */
public record LetterReference(String topic, int partition, long offset) {

	private static final Pattern FORM = Pattern
		.compile("(?<topic>[a-zA-Z0-9._-]+\\.dlq)/(?<partition>\\d{1,9})/(?<offset>\\d{1,18})");

	/** What somebody typed, if it has the form. */
	public static Optional<LetterReference> of(String text) {
		Matcher parts = FORM.matcher(text);
		return parts.matches() ? Optional.of(new LetterReference(parts.group("topic"),
				Integer.parseInt(parts.group("partition")), Long.parseLong(parts.group("offset")))) : Optional.empty();
	}

	@Override
	public String toString() {
		return this.topic + "/" + this.partition + "/" + this.offset;
	}

}
