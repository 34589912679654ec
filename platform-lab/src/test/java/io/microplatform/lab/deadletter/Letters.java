package io.microplatform.lab.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

import io.microplatform.local.LocalInfrastructure;

/**
 * Writes dead letters in the format of the services.
 */
public final class Letters {

	private static final Properties CONNECTION = LocalInfrastructure.shared().kafka().adminProperties();

	private Letters() {
	}

	/**
	 * Writes a letter about an event with a new id and returns the letter's reference.
	 */
	public static LetterReference write(String topic, String key, String data, String reason) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("ce_id", UUID.randomUUID().toString());
		headers.put("ce_type", "test.letter");
		headers.put("dlq_topic", topic);
		headers.put("dlq_partition", "4");
		headers.put("dlq_offset", "17");
		headers.put("dlq_consumer", "test");
		headers.put("dlq_attempts", "3");
		headers.put("dlq_reason", reason);
		return write(topic, key, data, headers);
	}

	/** Writes a message with any headers to the dead letters of a topic. */
	public static LetterReference write(String topic, @Nullable String key, @Nullable String data,
			Map<String, String> headers) {
		ProducerRecord<String, String> record = new ProducerRecord<>(topic + ".dlq", 4, key, data);
		headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
		RecordMetadata written = send(record);
		return new LetterReference(written.topic(), written.partition(), written.offset());
	}

	/** Writes a letter whose headers have no values. */
	static LetterReference writeWithoutValues(String topic, List<String> headers) {
		ProducerRecord<String, String> record = new ProducerRecord<>(topic + ".dlq", 4, "1", "{}");
		headers.forEach((name) -> record.headers().add(name, null));
		RecordMetadata written = send(record);
		return new LetterReference(written.topic(), written.partition(), written.offset());
	}

	/** Writes any data to a topic and returns the place. */
	static String writeTo(String topic, @Nullable String data) {
		RecordMetadata written = send(new ProducerRecord<>(topic, "1", data));
		return written.topic() + "/" + written.partition() + "/" + written.offset();
	}

	/** Returns the partition that a producer selects for a key. */
	static int partitionOf(String topic, String key) {
		return send(new ProducerRecord<>(topic, key, "{}")).partition();
	}

	private static RecordMetadata send(ProducerRecord<String, String> record) {
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(CONNECTION, new StringSerializer(),
				new StringSerializer())) {
			return producer.send(record).get();
		}
		catch (ExecutionException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Returns the messages of a topic about the event in a letter. */
	public static List<ConsumerRecord<byte[], byte[]>> sent(String topic, DeadLetter letter) {
		List<ConsumerRecord<byte[], byte[]>> sent = new ArrayList<>();
		try (TopicReader reader = new TopicReader(CONNECTION, Duration.ofSeconds(10))) {
			reader.read(topic, (message) -> {
				Header id = message.headers().lastHeader("ce_id");
				if (id != null && new String(id.value(), StandardCharsets.UTF_8).equals(letter.eventId())) {
					sent.add(message);
				}
			});
		}
		return sent;
	}

}
