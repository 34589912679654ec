package io.microplatform.local.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.process.Await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KafkaTests {

	private static final Kafka KAFKA = LocalInfrastructure.shared().kafka();

	private static final Config NOTHING = new Config(List.of());

	private static String passwordOf(String service) {
		return KAFKA.propertiesFor(service).getOrDefault("platform.kafka.password", "");
	}

	private static long send(String service, String topic) throws ExecutionException, InterruptedException {
		Properties properties = KAFKA.clientProperties(service, passwordOf(service));
		properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
		properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "5000");
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties, new StringSerializer(),
				new StringSerializer())) {
			return producer.send(new ProducerRecord<>(topic, 0, "1", "hello")).get().offset();
		}
	}

	private static int read(String service, String group, String topic) {
		Properties properties = KAFKA.clientProperties(service, passwordOf(service));
		properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
		properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(properties, new StringDeserializer(),
				new StringDeserializer())) {
			consumer.subscribe(List.of(topic));
			return consumer.poll(Duration.ofSeconds(10)).count();
		}
	}

	@Test
	void refusesAWrongPassword() {
		try (Admin admin = Admin.create(KAFKA.clientProperties("user-service", "wrong"))) {
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> admin.listTopics().names().get())
				.withCauseInstanceOf(SaslAuthenticationException.class);
		}
	}

	@Nested
	class AService {

		@ParameterizedTest
		@CsvSource({ "order-service, orders", "order-service, credit.dlq", "user-service, credit",
				"user-service, orders.dlq" })
		void writesWhatItProduces(String service, String topic) throws Exception {
			assertThat(send(service, topic)).isNotNegative();
		}

		@ParameterizedTest
		@CsvSource({ "order-service, credit", "order-service, orders.dlq", "order-service, dlq.actions",
				"user-service, orders", "user-service, credit.dlq", "user-service, dlq.actions" })
		void writesNothingElse(String service, String topic) {
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> send(service, topic))
				.withCauseInstanceOf(AuthorizationException.class);
		}

		@Test
		void readsWhatItConsumesInItsOwnGroup() throws Exception {
			send("order-service", "orders");
			assertThat(read("user-service", "user-service", "orders")).isPositive();
		}

		@ParameterizedTest
		@CsvSource({ "order-service, order-service, orders", "user-service, order-service, orders",
				"user-service, user-service, credit.dlq", "user-service, user-service, dlq.actions" })
		void readsNothingElse(String service, String group, String topic) {
			assertThatExceptionOfType(AuthorizationException.class).isThrownBy(() -> read(service, group, topic));
		}

		@Test
		void makesNoTopics() {
			try (Admin admin = Admin.create(KAFKA.clientProperties("user-service", passwordOf("user-service")))) {
				NewTopic topic = new NewTopic("another", 1, (short) 1);
				assertThatExceptionOfType(ExecutionException.class)
					.isThrownBy(() -> admin.createTopics(List.of(topic)).all().get())
					.withCauseInstanceOf(AuthorizationException.class);
			}
		}

		@Test
		void describesTheTopicsItUses() throws Exception {
			try (Admin admin = Admin.create(KAFKA.clientProperties("user-service", passwordOf("user-service")))) {
				assertThat(admin.listTopics().names().get()).containsExactlyInAnyOrder("orders", "credit",
						"orders.dlq");
			}
		}

	}

	@Nested
	class WhenItGoesAndComesBack {

		@Test
		void afterACrashItHasItsData() throws Exception {
			long offset = send("user-service", "credit");
			KAFKA.kill();
			LocalInfrastructure.start(KAFKA);
			assertThat(send("user-service", "credit")).isGreaterThan(offset);
		}

		@Test
		void afterAStopItHasItsDataAndWhatIsMissingIsMadeAgain() throws Exception {
			long offset = send("user-service", "credit");
			try (Admin admin = Admin.create(KAFKA.adminProperties())) {
				admin.deleteTopics(List.of("orders.dlq")).all().get();
			}
			assertThat(stop()).isTrue();
			LocalInfrastructure.start(KAFKA);
			assertThat(send("user-service", "credit")).isGreaterThan(offset);
			try (Admin admin = Admin.create(KAFKA.adminProperties())) {
				assertThat(admin.describeTopics(List.of("orders.dlq")).allTopicNames().get())
					.hasEntrySatisfying("orders.dlq", (topic) -> assertThat(topic.partitions()).hasSize(6));
			}
		}

		private boolean stop() throws IOException {
			return KAFKA.stop(Duration.ofSeconds(20));
		}

	}

	@Test
	void theDeadLettersFollowTheirTopic() throws Exception {
		try (Admin admin = Admin.create(KAFKA.adminProperties())) {
			admin.createPartitions(Map.of("credit", NewPartitions.increaseTo(8))).all().get();
			try {
				LocalInfrastructure.start(KAFKA);
				assertThat(partitions(admin, "credit")).isEqualTo(8);
				assertThat(partitions(admin, "credit.dlq")).isEqualTo(8);
				assertThat(partitions(admin, "orders.dlq")).isEqualTo(6);
				delete(admin, List.of("credit.dlq"));
				LocalInfrastructure.start(KAFKA);
				assertThat(partitions(admin, "credit.dlq")).isEqualTo(8);
			}
			finally {
				delete(admin, List.of("credit", "credit.dlq"));
				LocalInfrastructure.start(KAFKA);
			}
		}
	}

	/** Returns when the broker, too, has learnt of it, which it lists topics by. */
	private static void delete(Admin admin, List<String> topics) throws ExecutionException, InterruptedException {
		admin.deleteTopics(topics).all().get();
		assertThat(Await.until(Duration.ofSeconds(20), () -> Collections.disjoint(names(admin), topics))).isTrue();
	}

	private static Set<String> names(Admin admin) {
		try {
			return admin.listTopics().names().get();
		}
		catch (ExecutionException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static int partitions(Admin admin, String topic) throws ExecutionException, InterruptedException {
		return admin.describeTopics(List.of(topic))
			.allTopicNames()
			.get()
			.values()
			.iterator()
			.next()
			.partitions()
			.size();
	}

	/** The topics are in LocalInfrastructureTests. */
	@ParameterizedTest
	@CsvSource({ "offsets.topic.segment.bytes, 8388608", "metadata.log.segment.bytes, 8388608",
			"metadata.max.retention.bytes, 33554432", "log.retention.check.interval.ms, 60000" })
	void itsOwnLogsHaveLimits(String setting, String value) throws Exception {
		ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
		try (Admin admin = Admin.create(KAFKA.adminProperties())) {
			Config settings = admin.describeConfigs(List.of(broker)).all().get().getOrDefault(broker, NOTHING);
			assertThat(settings.get(setting)).extracting(ConfigEntry::value).isEqualTo(value);
		}
	}

	@Test
	void givesAServiceWhatItNeedsToReachIt() {
		assertThat(KAFKA.propertiesFor("user-service")).containsAllEntriesOf(
				Map.of("platform.kafka.brokers", KAFKA.brokers(), "platform.kafka.username", "user-service"));
	}

}
