package io.microplatform.lab.audit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.microplatform.lab.platform.TargetPlatform;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A topic, read from its beginning to its current end. Does not join a consumer group, so
 * that the services are not affected.
 *
 * @param platform the platform
 * @param name the name of the topic
 */
record Topic(TargetPlatform platform, String name) {

	private static final Duration POLL = Duration.ofSeconds(1);

	private static final int TIMEOUT_MILLIS = 10_000;

	private static final int MAX_RECORDS = 10_000;

	private static final int MAX_BYTES = 8 * 1024 * 1024;

	/**
	 * Passes every message to a reader; messages with the same key keep their order.
	 * @throws AuditUnavailableException if the broker does not answer
	 */
	void read(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
		try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
			List<TopicPartition> partitions = consumer.partitionsFor(this.name)
				.stream()
				.map((partition) -> new TopicPartition(this.name, partition.partition()))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (ends.entrySet().stream().anyMatch((end) -> consumer.position(end.getKey()) < end.getValue())) {
				consumer.poll(POLL).forEach(reader);
			}
		}
		catch (KafkaException ex) {
			throw new AuditUnavailableException("cannot read the topic %s: %s".formatted(this.name, ex.getMessage()),
					ex);
		}
	}

	private KafkaConsumer<byte[], byte[]> consumer() {
		Map<String, Object> properties = this.platform.kafkaProperties();
		properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
		properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
		properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS);
		properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_BYTES);
		return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
	}

}
