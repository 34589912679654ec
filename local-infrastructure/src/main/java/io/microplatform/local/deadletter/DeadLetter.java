package io.microplatform.local.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A message that a consumer gave up, with the reason in headers; see
 * docs/dead-letters.md.
 *
 * @param message as it lies in the topic of dead letters
 * @param action what was done about it; null as long as it is open
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> message, @Nullable LetterAction action) {

	/** Headers that begin so belong to the letter; the others to the message in it. */
	static final String OWN_HEADERS = "dlq_";

	public LetterReference reference() {
		return new LetterReference(this.message.topic(), this.message.partition(), this.message.offset());
	}

	/** Nothing has been done about it. */
	public boolean isOpen() {
		return this.action == null;
	}

	/** When it was given up. */
	public Instant at() {
		return Instant.ofEpochMilli(this.message.timestamp());
	}

	/** The topic from which the message came. */
	public String originalTopic() {
		return this.message.topic().substring(0, this.message.topic().length() - DeadLetters.SUFFIX.length());
	}

	/** The partition and the offset from which the message came, as far as known. */
	public String originalPlace() {
		return originalTopic() + "/" + orElse(header("dlq_partition"), "?") + "/" + orElse(header("dlq_offset"), "?");
	}

	/** The consumer group that gave it up, if it said so. */
	public @Nullable String consumer() {
		return header("dlq_consumer");
	}

	/** How often that consumer tried, if it said so. */
	public @Nullable String attempts() {
		return header("dlq_attempts");
	}

	/** Why, in one line. */
	public String reason() {
		return orElse(header("dlq_reason"), "not given");
	}

	/** The type of the event in it, if it has one. */
	public @Nullable String type() {
		return header("ce_type");
	}

	/** The id of the event in it, if it has one. */
	public @Nullable String eventId() {
		return header("ce_id");
	}

	public @Nullable String key() {
		return text(this.message.key());
	}

	/** The message's value, read as UTF-8. */
	public @Nullable String data() {
		return text(this.message.value());
	}

	private @Nullable String header(String name) {
		Header header = this.message.headers().lastHeader(name);
		return (header != null) ? text(header.value()) : null;
	}

	private static @Nullable String text(byte @Nullable [] bytes) {
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : null;
	}

	private static String orElse(@Nullable String value, String other) {
		return (value != null) ? value : other;
	}

}
