package io.microplatform.local;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LocalInfrastructureTests {

	private static final LocalInfrastructure INFRASTRUCTURE = LocalInfrastructure.shared();

	private static final Config NOTHING = new Config(List.of());

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
	@CsvSource({ "orders, 6, 7, 128, 32", "credit, 6, 7, 128, 32", "orders.dlq, 6, 30, 32, 8",
			"credit.dlq, 6, 30, 32, 8", "dlq.actions, 1, 40, 256, 32" })
	void theTopicsStandWithTheirPartitionsAndTheirLimits(String topic, int partitions, long days, int mebibytes,
			int segment) throws Exception {
		ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
		try (Admin admin = Admin.create(INFRASTRUCTURE.kafka().adminProperties())) {
			assertThat(admin.describeTopics(List.of(topic)).allTopicNames().get()).hasEntrySatisfying(topic,
					(description) -> assertThat(description.partitions()).hasSize(partitions));
			Config settings = admin.describeConfigs(List.of(resource)).all().get().getOrDefault(resource, NOTHING);
			assertThat(number(settings, TopicConfig.RETENTION_MS_CONFIG)).isEqualTo(Duration.ofDays(days).toMillis());
			assertThat(number(settings, TopicConfig.SEGMENT_MS_CONFIG)).isEqualTo(Duration.ofDays(1).toMillis());
			assertThat(number(settings, TopicConfig.RETENTION_BYTES_CONFIG)).isEqualTo(mebibytes * 1024L * 1024);
			assertThat(number(settings, TopicConfig.SEGMENT_BYTES_CONFIG)).isEqualTo(segment * 1024L * 1024);
		}
	}

	private static long number(Config settings, String name) {
		return Long.parseLong(settings.get(name).value());
	}

}
