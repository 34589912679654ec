package io.microplatform.lab.deadletter;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics without a consumer group and without commits. Not thread-safe.
 */
final class TopicReader implements AutoCloseable {

	private static final Duration POLL = Duration.ofMillis(100);

	private final KafkaConsumer<byte[], byte[]> consumer;

	private final Duration timeout;

	/**
	 * Creates a reader, which connects at the first read.
	 * @param connection the client properties
	 * @param timeout the time within which the broker must answer
	 */
	TopicReader(Properties connection, Duration timeout) {
		Properties properties = new Properties();
		properties.putAll(connection);
		properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(timeout.toMillis()));
		properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
		properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		// The records exist already: waiting for more only delays the next fetch.
		properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
		this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
		this.timeout = timeout;
	}

	List<String> topics() {
		return this.consumer.listTopics().keySet().stream().sorted().toList();
	}

	/** Returns the number of partitions of a topic that exists. */
	int partitions(String topic) {
		return this.consumer.partitionsFor(topic).size();
	}

	/**
	 * Passes the current content of a topic to a visitor, one partition after another.
	 */
	void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
		this.consumer.partitionsFor(topic)
			.stream()
			.map(PartitionInfo::partition)
			.sorted(Comparator.naturalOrder())
			.forEach((partition) -> read(new TopicPartition(topic, partition), visitor));
	}

	private void read(TopicPartition partition, Consumer<ConsumerRecord<byte[], byte[]>> visitor) {
		this.consumer.assign(List.of(partition));
		this.consumer.seekToBeginning(List.of(partition));
		long end = end(partition);
		ConsumerRecords<byte[], byte[]> records = next(partition, end);
		while (!records.isEmpty()) {
			for (ConsumerRecord<byte[], byte[]> record : records) {
				if (record.offset() < end) {
					visitor.accept(record);
				}
			}
			records = next(partition, end);
		}
	}

	/** Finds the record at exactly this offset. */
	Optional<ConsumerRecord<byte[], byte[]>> find(TopicPartition partition, long offset) {
		if (this.consumer.partitionsFor(partition.topic())
			.stream()
			.noneMatch((one) -> one.partition() == partition.partition())) {
			return Optional.empty();
		}
		this.consumer.assign(List.of(partition));
		this.consumer.seek(partition, offset);
		for (ConsumerRecord<byte[], byte[]> record : next(partition, end(partition))) {
			return Optional.of(record).filter((first) -> first.offset() == offset);
		}
		return Optional.empty();
	}

	private long end(TopicPartition partition) {
		return this.consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
	}

	/** Returns the next records before an end offset; empty if there are none. */
	private ConsumerRecords<byte[], byte[]> next(TopicPartition partition, long end) {
		long deadline = System.nanoTime() + this.timeout.toNanos();
		while (this.consumer.position(partition) < end) {
			ConsumerRecords<byte[], byte[]> records = this.consumer.poll(POLL);
			if (!records.isEmpty()) {
				return records;
			}
			if (System.nanoTime() - deadline > 0) {
				throw new TimeoutException(
						String.format(Locale.ROOT, "no answer within %d s", this.timeout.toSeconds()));
			}
		}
		return ConsumerRecords.empty();
	}

	@Override
	public void close() {
		this.consumer.close();
	}

}
