package io.microplatform.lab.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A message that a consumer gave up, with the reason in headers; see docs/operations.md.
 *
 * @param message the record in the topic of dead letters
 * @param action the action taken; null while the letter is open
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> message, @Nullable LetterAction action) {

	/**
	 * Prefix of the headers that belong to the letter. All other headers belong to the
	 * original message.
	 */
	static final String OWN_HEADERS = "dlq_";

	public LetterReference reference() {
		return new LetterReference(this.message.topic(), this.message.partition(), this.message.offset());
	}

	/** Whether no action has been taken. */
	public boolean isOpen() {
		return this.action == null;
	}

	/** Returns the time at which the consumer gave up. */
	public Instant at() {
		return Instant.ofEpochMilli(this.message.timestamp());
	}

	/** Returns the topic of the original message. */
	public String originalTopic() {
		return this.message.topic().substring(0, this.message.topic().length() - DeadLetters.SUFFIX.length());
	}

	/**
	 * Returns the topic, partition and offset of the original message, with a question
	 * mark for unknown parts.
	 */
	public String originalPlace() {
		return originalTopic() + "/" + orElse(header("dlq_partition"), "?") + "/" + orElse(header("dlq_offset"), "?");
	}

	/** Returns the consumer group that gave up, or null if unknown. */
	public @Nullable String consumer() {
		return header("dlq_consumer");
	}

	/** Returns the number of attempts, or null if unknown. */
	public @Nullable String attempts() {
		return header("dlq_attempts");
	}

	/** Returns the reason in one line. */
	public String reason() {
		return orElse(header("dlq_reason"), "not given");
	}

	/** Returns the type of the event, or null if unknown. */
	public @Nullable String type() {
		return header("ce_type");
	}

	/** Returns the id of the event, or null if unknown. */
	public @Nullable String eventId() {
		return header("ce_id");
	}

	public @Nullable String key() {
		return text(this.message.key());
	}

	/** Returns the value of the message, decoded as UTF-8. */
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
