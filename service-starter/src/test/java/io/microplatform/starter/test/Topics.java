package io.microplatform.starter.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

import io.microplatform.local.LocalInfrastructure;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The topics as any other Kafka client sees them.
 */
public final class Topics {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private Topics() {
	}

	/**
	 * Reads a topic from its beginning until enough records fit.
	 * @param topic the topic
	 * @param count how many records to wait for
	 * @param wanted which records to keep
	 * @return the records that fit, of each key in their order
	 */
	public static List<ConsumerRecord<String, String>> read(String topic, int count,
			Predicate<ConsumerRecord<String, String>> wanted) {
		List<ConsumerRecord<String, String>> found = new ArrayList<>();
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(admin(), new StringDeserializer(),
				new StringDeserializer())) {
			assignFromBeginning(consumer, topic);
			long end = System.nanoTime() + PATIENCE.toNanos();
			while (found.size() < count && System.nanoTime() < end) {
				consumer.poll(Duration.ofMillis(100)).forEach((record) -> {
					if (wanted.test(record)) {
						found.add(record);
					}
				});
			}
		}
		return found;
	}

	/**
	 * Reads everything that is in a topic by now.
	 * @param topic the topic
	 * @param wanted which records to keep
	 * @return the records that fit, of each key in their order
	 */
	public static List<ConsumerRecord<String, String>> readToEnd(String topic,
			Predicate<ConsumerRecord<String, String>> wanted) {
		List<ConsumerRecord<String, String>> found = new ArrayList<>();
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(admin(), new StringDeserializer(),
				new StringDeserializer())) {
			Collection<TopicPartition> partitions = assignFromBeginning(consumer, topic);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (partitions.stream().anyMatch((one) -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
				consumer.poll(Duration.ofMillis(100)).forEach((record) -> {
					if (wanted.test(record)) {
						found.add(record);
					}
				});
			}
		}
		return found;
	}

	private static Collection<TopicPartition> assignFromBeginning(KafkaConsumer<String, String> consumer,
			String topic) {
		Collection<TopicPartition> partitions = consumer.partitionsFor(topic)
			.stream()
			.map((partition) -> new TopicPartition(topic, partition.partition()))
			.toList();
		consumer.assign(partitions);
		consumer.seekToBeginning(partitions);
		return partitions;
	}

	/** Publishes an event as another service would; returns when the broker has it. */
	public static void publish(String topic, UUID eventId, String type, long key, String data)
			throws ExecutionException, InterruptedException {
		publish(topic, eventId, type, key, data, Map.of());
	}

	/** Publishes an event with further headers; returns when the broker has it. */
	public static void publish(String topic, UUID eventId, String type, long key, String data,
			Map<String, String> headers) throws ExecutionException, InterruptedException {
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(admin(), new StringSerializer(),
				new StringSerializer())) {
			ProducerRecord<String, String> record = new ProducerRecord<>(topic, Long.toString(key), data);
			Map.of("ce_id", eventId.toString(), "ce_type", type, "ce_source", "/test", "ce_specversion", "1.0")
				.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
			headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
			producer.send(record).get();
		}
	}

	/** The header's value, or an empty string when there is none. */
	public static String header(ConsumerRecord<?, ?> record, String name) {
		Header header = record.headers().lastHeader(name);
		return (header != null) ? new String(header.value(), StandardCharsets.UTF_8) : "";
	}

	private static Properties admin() {
		return LocalInfrastructure.shared().kafka().adminProperties();
	}

}
