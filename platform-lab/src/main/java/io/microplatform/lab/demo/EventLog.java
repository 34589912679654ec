package io.microplatform.lab.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.microplatform.lab.platform.TargetPlatform;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Log of the events that are written to the platform's topics from now on. Does not join
 * a consumer group, so that the services are not affected. Not thread-safe.
 */
final class EventLog implements AutoCloseable {

	private static final List<String> TOPICS = List.of("orders", "credit");

	private static final Duration POLL = Duration.ofMillis(100);

	private final KafkaConsumer<String, String> consumer;

	private final List<Event> events = new ArrayList<>();

	EventLog(TargetPlatform platform) {
		Map<String, Object> properties = platform.kafkaProperties();
		properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
		properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
		this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
		List<TopicPartition> partitions = TOPICS.stream()
			.flatMap((topic) -> this.consumer.partitionsFor(topic).stream())
			.map((partition) -> new TopicPartition(partition.topic(), partition.partition()))
			.toList();
		this.consumer.assign(partitions);
		this.consumer.endOffsets(partitions).forEach(this.consumer::seek);
	}

	List<String> topics() {
		return TOPICS;
	}

	/**
	 * Returns the events of an order since this log was created, sorted by time. Polls
	 * once for new events.
	 * @param orderId the order's id
	 * @return the events up to now
	 */
	List<Event> about(long orderId) {
		this.consumer.poll(POLL).forEach((message) -> this.events.add(Event.of(message)));
		return this.events.stream()
			.filter((event) -> event.isAbout(orderId))
			.sorted(Comparator.comparingLong(Event::timestamp))
			.toList();
	}

	@Override
	public void close() {
		this.consumer.close();
	}

}
