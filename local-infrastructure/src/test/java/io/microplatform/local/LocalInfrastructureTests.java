package io.microplatform.local;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LocalInfrastructureTests {

	private static final LocalInfrastructure INFRASTRUCTURE = LocalInfrastructure.shared();

	@Test
	void givesAServiceAllThatItNeedsToReachTheThree() {
		assertThat(INFRASTRUCTURE.propertiesFor("order-service")).containsOnlyKeys("platform.database.url",
				"platform.database.username", "platform.database.password", "platform.redis.host",
				"platform.redis.port", "platform.redis.username", "platform.redis.password", "platform.kafka.brokers",
				"platform.kafka.username", "platform.kafka.password");
	}

	@Test
	void aServiceEntersItsDatabase() throws SQLException {
		Map<String, String> properties = INFRASTRUCTURE.propertiesFor("order-service");
		try (var connection = INFRASTRUCTURE.postgres()
			.connect("order_service", "order_service", properties.getOrDefault("platform.database.password", ""))) {
			assertThat(connection.isValid(1)).isTrue();
		}
	}

	@ParameterizedTest
	@CsvSource({ "orders, 6, 7", "credit, 6, 7", "orders.dlq, 6, 30", "credit.dlq, 6, 30", "dlq.actions, 1, 40" })
	void theTopicsStandWithTheirPartitionsAndTheirRetention(String topic, int partitions, long days) throws Exception {
		ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
		try (Admin admin = Admin.create(INFRASTRUCTURE.kafka().adminProperties())) {
			assertThat(admin.describeTopics(List.of(topic)).allTopicNames().get()).hasEntrySatisfying(topic,
					(description) -> assertThat(description.partitions()).hasSize(partitions));
			assertThat(admin.describeConfigs(List.of(resource)).all().get()).hasEntrySatisfying(resource,
					(settings) -> assertThat(settings.get(TopicConfig.RETENTION_MS_CONFIG).value())
						.isEqualTo(Long.toString(Duration.ofDays(days).toMillis())));
		}
	}

}
