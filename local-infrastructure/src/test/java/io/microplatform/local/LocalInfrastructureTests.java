package io.microplatform.local;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.Test;

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

	@Test
	void theTopicsStandWithTheirPartitions() throws Exception {
		try (Admin admin = Admin.create(INFRASTRUCTURE.kafka().adminProperties())) {
			Map<String, TopicDescription> topics = admin
				.describeTopics(List.of("orders", "credit", "orders.dlq", "credit.dlq"))
				.allTopicNames()
				.get();
			assertThat(topics.values()).hasSize(4).allSatisfy((topic) -> assertThat(topic.partitions()).hasSize(6));
		}
	}

}
