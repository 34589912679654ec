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
 * The platform's topics. Idempotent: a missing one is made, one with too few partitions
 * gets the rest, settings that were changed are set back.
 */
final class KafkaTopics {

	/** A dead letter topic has as many partitions as its topic. */
	private static final int PARTITIONS = 6;

	private static final short REPLICATION = 1;

	private static final Duration EVENTS_KEPT = Duration.ofDays(7);

	/** Dead letters wait for somebody who decides. */
	private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(30);

	private static final Map<String, Duration> TOPICS = Map.of("orders", EVENTS_KEPT, "credit", EVENTS_KEPT,
			"orders.dlq", DEAD_LETTERS_KEPT, "credit.dlq", DEAD_LETTERS_KEPT);

	private final Admin admin;

	KafkaTopics(Admin admin) {
		this.admin = admin;
	}

	void provide() throws IOException {
		try {
			Set<String> present = this.admin.listTopics().names().get();
			List<NewTopic> missing = new ArrayList<>();
			List<String> standing = new ArrayList<>();
			TOPICS.forEach((name, kept) -> {
				if (present.contains(name)) {
					standing.add(name);
				}
				else {
					missing.add(new NewTopic(name, PARTITIONS, REPLICATION).configs(settings(kept)));
				}
			});
			this.admin.createTopics(missing).all().get();
			repair(standing);
		}
		catch (ExecutionException ex) {
			throw new IOException("kafka could not be provided with its topics: " + ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted while topics were made", ex);
		}
	}

	private void repair(List<String> standing) throws ExecutionException, InterruptedException {
		Map<String, NewPartitions> partitions = new HashMap<>();
		Map<ConfigResource, Collection<AlterConfigOp>> settings = new HashMap<>();
		this.admin.describeTopics(standing).allTopicNames().get().forEach((name, topic) -> {
			if (topic.partitions().size() < PARTITIONS) {
				partitions.put(name, NewPartitions.increaseTo(PARTITIONS));
			}
			settings.put(new ConfigResource(ConfigResource.Type.TOPIC, name),
					settings(TOPICS.getOrDefault(name, EVENTS_KEPT)).entrySet()
						.stream()
						.map((entry) -> new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()),
								AlterConfigOp.OpType.SET))
						.toList());
		});
		this.admin.createPartitions(partitions).all().get();
		this.admin.incrementalAlterConfigs(settings).all().get();
	}

	private static Map<String, String> settings(Duration kept) {
		return Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(kept.toMillis()),
				TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
	}

}
