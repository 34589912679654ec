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
 * The platform's topics. Idempotent: a missing topic is created, missing partitions are
 * added, and changed settings are restored. A topic of dead letters has at least as many
 * partitions as its topic.
 */
final class KafkaTopics {

	private static final int PARTITIONS = 6;

	private static final short REPLICATION = 1;

	private static final Duration EVENTS_KEPT = Duration.ofDays(7);

	/**
	 * Dead letters are kept until an operator settles them; deletion is at most a day
	 * late.
	 */
	private static final Map<String, String> DEAD_LETTERS = Map.of(TopicConfig.RETENTION_MS_CONFIG,
			milliseconds(Duration.ofDays(30)), TopicConfig.SEGMENT_MS_CONFIG, milliseconds(Duration.ofDays(1)),
			// A message as large as it may be (1 MiB), with the reason.
			TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString((1024 + 64) * 1024));

	/** What was done about a letter is known for longer than there is the letter. */
	private static final Map<String, String> ACTIONS = Map.of(TopicConfig.RETENTION_MS_CONFIG,
			milliseconds(Duration.ofDays(40)));

	private static final Map<String, Topic> TOPICS = Map.of("orders", events(), "credit", events(), "orders.dlq",
			new Topic(PARTITIONS, DEAD_LETTERS), "credit.dlq", new Topic(PARTITIONS, DEAD_LETTERS),
			Kafka.DEAD_LETTER_ACTIONS, new Topic(1, ACTIONS));

	private final Admin admin;

	KafkaTopics(Admin admin) {
		this.admin = admin;
	}

	void provide() throws IOException {
		try {
			Set<String> present = this.admin.listTopics().names().get();
			List<String> standing = TOPICS.keySet().stream().filter(present::contains).toList();
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
		TOPICS.forEach((name, topic) -> {
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
			Topic topic = TOPICS.getOrDefault(name, events());
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
		return new Topic(PARTITIONS, Map.of(TopicConfig.RETENTION_MS_CONFIG, milliseconds(EVENTS_KEPT)));
	}

	private static String milliseconds(Duration duration) {
		return Long.toString(duration.toMillis());
	}

	private record Topic(int partitions, Map<String, String> settings) {

		Topic {
			settings = new HashMap<>(settings);
			settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
		}

	}

}
