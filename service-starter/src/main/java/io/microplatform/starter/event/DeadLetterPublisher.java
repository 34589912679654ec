package io.microplatform.starter.event;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

import org.springframework.kafka.core.KafkaOperations;

/**
 * Publishes an unchanged message to the dead letter topic of its topic, with the reason
 * in headers; see docs/operations.md. Thread-safe.
 */
final class DeadLetterPublisher {

	/** Characters; the log has the whole of it. */
	private static final int LONGEST_REASON = 2_000;

	private final KafkaOperations<byte[], byte[]> kafka;

	DeadLetterPublisher(KafkaOperations<byte[], byte[]> kafka) {
		this.kafka = kafka;
	}

	/**
	 * Writes the letter and waits for the broker's acknowledgement.
	 * @param record the message
	 * @param consumer the group that gives it up
	 * @param failures how many attempts it made
	 * @param failure the last one
	 * @throws RuntimeException when the broker has not acknowledged it, after the
	 * producer's time limits at the latest
	 */
	void publish(ConsumerRecord<byte[], byte[]> record, String consumer, int failures, Failure failure) {
		String topic = record.topic() + ".dlq";
		Headers headers = new RecordHeaders(record.headers().toArray());
		add(headers, "dlq_topic", record.topic());
		add(headers, "dlq_partition", Integer.toString(record.partition()));
		add(headers, "dlq_offset", Long.toString(record.offset()));
		add(headers, "dlq_consumer", consumer);
		add(headers, "dlq_attempts", Integer.toString(failures));
		add(headers, "dlq_exception", failure.reason().getClass().getName());
		add(headers, "dlq_reason", failure.summary(LONGEST_REASON));
		try {
			this.kafka
				.send(new ProducerRecord<>(topic, partition(topic, record.partition()), record.key(), record.value(),
						headers))
				.join();
		}
		catch (CompletionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
	}

	/**
	 * The partition of that number or, while the topic of dead letters has fewer than the
	 * topic, one that it has: a message must not block its partition for that.
	 */
	private int partition(String topic, int wanted) {
		return wanted % this.kafka.partitionsFor(topic).size();
	}

	private static void add(Headers headers, String name, String value) {
		headers.add(name, value.getBytes(StandardCharsets.UTF_8));
	}

}
