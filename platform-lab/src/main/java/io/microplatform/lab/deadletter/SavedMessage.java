package io.microplatform.lab.deadletter;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A message of a topic as a line of a file: JSON with these member names, and bytes in
 * Base64.
 *
 * @param topic the topic
 * @param partition the partition
 * @param offset the offset
 * @param timestamp milliseconds since 1970
 * @param key the key, or null if there is none
 * @param value the value, or null if there is none
 * @param headers the headers in their order
 */
record SavedMessage(String topic, int partition, long offset, long timestamp, @Nullable String key,
		@Nullable String value, List<SavedHeader> headers) {

	static SavedMessage of(ConsumerRecord<byte[], byte[]> message) {
		return new SavedMessage(message.topic(), message.partition(), message.offset(), message.timestamp(),
				encode(message.key()), encode(message.value()),
				Stream.of(message.headers().toArray()).map(SavedHeader::of).toList());
	}

	/** The place in the topic from which the message was saved, as in orders.dlq/3/42. */
	String place() {
		return new LetterReference(this.topic, this.partition, this.offset).toString();
	}

	byte @Nullable [] bytes() {
		return decode(this.value);
	}

	/** The same message with another key and value. */
	SavedMessage with(byte[] otherKey, byte[] otherValue) {
		return new SavedMessage(this.topic, this.partition, this.offset, this.timestamp, encode(otherKey),
				encode(otherValue), this.headers);
	}

	/**
	 * Returns the message to write.
	 * @param partitions the number of partitions that the topic has now
	 */
	ProducerRecord<byte[], byte[]> record(int partitions) {
		ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(this.topic, this.partition % partitions,
				this.timestamp, decode(this.key), decode(this.value));
		this.headers.forEach((header) -> message.headers().add(header.name(), decode(header.value())));
		return message;
	}

	private static @Nullable String encode(byte @Nullable [] bytes) {
		return (bytes != null) ? Base64.getEncoder().encodeToString(bytes) : null;
	}

	private static byte @Nullable [] decode(@Nullable String text) {
		return (text != null) ? Base64.getDecoder().decode(text) : null;
	}

	/**
	 * A header of a message.
	 *
	 * @param name the name
	 * @param value the value in Base64, or null if there is none
	 */
	record SavedHeader(String name, @Nullable String value) {

		static SavedHeader of(Header header) {
			return new SavedHeader(header.key(), encode(header.value()));
		}

	}

}
