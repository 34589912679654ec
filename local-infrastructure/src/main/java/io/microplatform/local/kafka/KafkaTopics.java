package io.microplatform.local.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The platform's topics, with the limits of what they keep. Idempotent: a missing topic
 * is created, missing partitions are added, and changed settings are restored. A topic of
 * dead letters has at least as many partitions as its topic.
 */
final class KafkaTopics {

	private static final int PARTITIONS = 6;

	private static final short REPLICATION = 1;

	private static final int MEBIBYTE = 1024 * 1024;

	/**
	 * A week, or the newest 128 MiB of a partition, which are more than 100,000 events. A
	 * consumer that is away for longer misses the events that were deleted, and
	 * order-service asks again.
	 */
	private static final Map<String, String> EVENTS = limits(Duration.ofDays(7), 128, 32);

	/** Dead letters are kept for operators, whether or not they have been settled. */
	private static final Map<String, String> DEAD_LETTERS = withLargeMessages(limits(Duration.ofDays(30), 32, 8));

	/**
	 * Actions must outlast the dead letters that they refer to. They are kept for longer,
	 * and many more of them fit, because an action is much smaller than a letter.
	 */
	private static final Map<String, String> ACTIONS = limits(Duration.ofDays(40), 256, 32);

	private final Admin admin;

	private final Map<String, Topic> topics = new HashMap<>(Map.of(Kafka.DEAD_LETTER_ACTIONS, new Topic(1, ACTIONS)));

	/**
	 * Creates the topics of a platform.
	 * @param events the topics that its services produce, each of which has a topic of
	 * dead letters
	 */
	KafkaTopics(Admin admin, List<String> events) {
		this.admin = admin;
		for (String topic : events) {
			this.topics.put(topic, events());
			this.topics.put(topic + Kafka.DEAD_LETTERS, new Topic(PARTITIONS, DEAD_LETTERS));
		}
	}

	void provide() throws IOException {
		try {
			Set<String> present = this.admin.listTopics().names().get();
			List<String> standing = this.topics.keySet().stream().filter(present::contains).toList();
			Map<String, Integer> partitions = new HashMap<>();
			this.admin.describeTopics(standing)
				.allTopicNames()
				.get()
				.forEach((name, topic) -> partitions.put(name, topic.partitions().size()));
			create(partitions);
			repair(partitions);
		}
		catch (ExecutionException ex) {
			throw new IOException("kafka could not be provided with its topics: " + ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted while topics were created", ex);
		}
	}

	private void create(Map<String, Integer> present) throws ExecutionException, InterruptedException {
		List<NewTopic> missing = new ArrayList<>();
		this.topics.forEach((name, topic) -> {
			if (!present.containsKey(name)) {
				missing.add(new NewTopic(name, wanted(name, topic, present), REPLICATION).configs(topic.settings()));
			}
		});
		this.admin.createTopics(missing).all().get();
	}

	private void repair(Map<String, Integer> present) throws ExecutionException, InterruptedException {
		Map<String, NewPartitions> partitions = new HashMap<>();
		Map<ConfigResource, Collection<AlterConfigOp>> settings = new HashMap<>();
		present.forEach((name, count) -> {
			Topic topic = this.topics.getOrDefault(name, events());
			int wanted = wanted(name, topic, present);
			if (count < wanted) {
				partitions.put(name, NewPartitions.increaseTo(wanted));
			}
			settings.put(new ConfigResource(ConfigResource.Type.TOPIC, name),
					topic.settings()
						.entrySet()
						.stream()
						.map((entry) -> new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()),
								AlterConfigOp.OpType.SET))
						.toList());
		});
		this.admin.createPartitions(partitions).all().get();
		this.admin.incrementalAlterConfigs(settings).all().get();
	}

	/** The partitions of a topic, which an operator may have given more. */
	private static int wanted(String name, Topic topic, Map<String, Integer> present) {
		String origin = name.endsWith(Kafka.DEAD_LETTERS)
				? name.substring(0, name.length() - Kafka.DEAD_LETTERS.length()) : name;
		return Math.max(topic.partitions(), present.getOrDefault(origin, 0));
	}

	private static Topic events() {
		return new Topic(PARTITIONS, EVENTS);
	}

	/**
	 * Limits of a partition. Kafka deletes whole segments: a message is deleted at most a
	 * day late, and a partition is larger than its limit by less than a segment.
	 * @param age the age at which a message is deleted
	 * @param mebibytes the size above which the oldest messages are deleted
	 * @param segment the size of a segment, in mebibytes
	 */
	private static Map<String, String> limits(Duration age, int mebibytes, int segment) {
		return Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(age.toMillis()), TopicConfig.SEGMENT_MS_CONFIG,
				Long.toString(Duration.ofDays(1).toMillis()), TopicConfig.RETENTION_BYTES_CONFIG,
				Integer.toString(mebibytes * MEBIBYTE), TopicConfig.SEGMENT_BYTES_CONFIG,
				Integer.toString(segment * MEBIBYTE));
	}

	private static Map<String, String> withLargeMessages(Map<String, String> limits) {
		Map<String, String> settings = new HashMap<>(limits);
		// A message as large as it may be (1 MiB), with the reason.
		settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString((1024 + 64) * 1024));
		return Map.copyOf(settings);
	}

	private record Topic(int partitions, Map<String, String> settings) {

		Topic {
			settings = new HashMap<>(settings);
			settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
		}

	}

}
