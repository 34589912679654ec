package io.microplatform.starter.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.kafka.Kafka;
import io.microplatform.starter.test.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A topic in which there is nothing but what one test publishes.
 *
 * @param name its name
 */
record OwnTopic(String name) {

	/** Two keys of different partitions. */
	static final long KEY = 1;

	static final long OTHER_KEY = 3;

	private static final int PARTITIONS = 6;

	private static final Kafka KAFKA = LocalInfrastructure.shared().kafka();

	static OwnTopic create() {
		OwnTopic topic = withoutDeadLetters();
		topic.createDeadLetters();
		return topic;
	}

	static OwnTopic withoutDeadLetters() {
		OwnTopic topic = new OwnTopic("test-" + UUID.randomUUID());
		create(new NewTopic(topic.name(), PARTITIONS, (short) 1));
		return topic;
	}

	void createDeadLetters() {
		create(new NewTopic(deadLetters(), PARTITIONS, (short) 1)
			.configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString((1024 + 64) * 1024))));
	}

	private static void create(NewTopic topic) {
		try (Admin admin = Admin.create(KAFKA.adminProperties())) {
			admin.createTopics(List.of(topic)).all().get();
		}
		catch (ExecutionException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	String deadLetters() {
		return this.name + ".dlq";
	}

	/** What a service needs to consume it. */
	Map<String, String> consumed() {
		return Map.of("spring.cloud.function.definition", "counted", "spring.cloud.stream.bindings.counted-in-0.group",
				this.name, "spring.cloud.stream.bindings.counted-in-0.destination", this.name,
				"platform.kafka.username", Kafka.ADMIN, "platform.kafka.password", KAFKA.adminPassword());
	}

	UUID publish(long key, long number) {
		return publish(key, String.format(Locale.ROOT, "{\"number\":%d}", number));
	}

	UUID publish(long key, String data) {
		UUID id = UUID.randomUUID();
		send(key, Map.of("ce_id", id.toString(), "ce_type", RunningService.TYPE, "ce_source", "/test"), data);
		return id;
	}

	/** Publishes an event with one more header, or another value of one. */
	UUID publishWith(long number, String header, byte @Nullable [] value) {
		UUID id = UUID.randomUUID();
		ProducerRecord<String, String> record = new ProducerRecord<>(this.name, Long.toString(KEY),
				String.format(Locale.ROOT, "{\"number\":%d}", number));
		record.headers().add("ce_id", id.toString().getBytes(StandardCharsets.UTF_8));
		record.headers().add("ce_type", RunningService.TYPE.getBytes(StandardCharsets.UTF_8));
		record.headers().remove(header).add(header, value);
		send(record);
		return id;
	}

	/** Publishes into a partition, whatever the key says. */
	void publishInto(int partition, String data) {
		ProducerRecord<String, String> record = new ProducerRecord<>(this.name, partition, Long.toString(KEY), data);
		record.headers().add("ce_id", UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
		record.headers().add("ce_type", RunningService.TYPE.getBytes(StandardCharsets.UTF_8));
		send(record);
	}

	/** Gives the topic more partitions, and its dead letters none. */
	void enlarge(int partitions) {
		try (Admin admin = Admin.create(KAFKA.adminProperties())) {
			admin.createPartitions(Map.of(this.name, NewPartitions.increaseTo(partitions))).all().get();
		}
		catch (ExecutionException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Sends anything; returns when the broker has it. */
	void send(long key, Map<String, String> headers, @Nullable String data) {
		ProducerRecord<String, String> record = new ProducerRecord<>(this.name, Long.toString(key), data);
		headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
		send(record);
	}

	private static void send(ProducerRecord<String, String> record) {
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(KAFKA.adminProperties(),
				new StringSerializer(), new StringSerializer())) {
			producer.send(record).get();
		}
		catch (ExecutionException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The dead letters, once there are that many. */
	List<ConsumerRecord<String, String>> readDeadLetters(int count) {
		return Topics.read(deadLetters(), count, (record) -> true);
	}

	List<ConsumerRecord<String, String>> deadLettersSoFar() {
		return Topics.readToEnd(deadLetters(), (record) -> true);
	}

	/** Gives a service the right to read it, or takes it away. */
	void allowReading(String service, boolean allowed) {
		AclBinding right = new AclBinding(new ResourcePattern(ResourceType.TOPIC, this.name, PatternType.LITERAL),
				new AccessControlEntry("User:" + service, "*", AclOperation.READ, AclPermissionType.ALLOW));
		try (Admin admin = Admin.create(KAFKA.adminProperties())) {
			if (allowed) {
				admin.createAcls(List.of(right)).all().get();
			}
			else {
				admin.deleteAcls(List.of(right.toFilter())).all().get();
			}
		}
		catch (ExecutionException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** How many messages the consumers have acknowledged. */
	long acknowledged() {
		try (Admin admin = Admin.create(KAFKA.adminProperties())) {
			return admin.listConsumerGroupOffsets(this.name)
				.partitionsToOffsetAndMetadata()
				.get()
				.values()
				.stream()
				.mapToLong(OffsetAndMetadata::offset)
				.sum();
		}
		catch (ExecutionException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
