package io.microplatform.local;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.postgres.Postgres;
import io.microplatform.local.process.Jvm;
import io.microplatform.local.process.LeashedLauncher;
import io.microplatform.local.process.Ports;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.redis.Redis;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.Server;
import io.microplatform.local.server.StateDirectory;
import io.microplatform.local.service.BusinessService;
import io.microplatform.local.service.BusinessServices;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A service that is added while the servers run. It has a name that is a key word of SQL,
 * so that any name is possible.
 */
class AddedServiceTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String ADDED = "table";

	private static final BusinessServices TWO = new BusinessServices(
			List.of(new BusinessService("user-service", List.of("orders"), List.of("credit")),
					new BusinessService("order-service", List.of("credit"), List.of("orders"))));

	private static final BusinessServices THREE = new BusinessServices(List.of(TWO.all().getFirst(),
			TWO.all().getLast(), new BusinessService(ADDED, List.of("orders"), List.of("deliveries"))));

	private final List<Integer> ports = Ports.free(4);

	@SuppressWarnings("NullAway.Init") // set before each
	private StateDirectory state;

	@SuppressWarnings("NullAway.Init") // set before each
	private LeashedLauncher launcher;

	@BeforeEach
	void create(@TempDir Path directory) throws IOException {
		this.state = TestState.in(directory.toRealPath());
		this.launcher = new LeashedLauncher(this.state.logs());
	}

	@AfterEach
	void stop() throws IOException {
		for (Server server : List.of(postgres(TWO), redis(TWO), kafka(TWO))) {
			server.kill();
		}
	}

	private Postgres postgres(BusinessServices services) throws IOException {
		return new Postgres(this.ports.get(0), this.state, TestState.programs(), Secrets.in(this.state, services),
				this.launcher);
	}

	private Redis redis(BusinessServices services) throws IOException {
		return new Redis(this.ports.get(1), this.state, TestState.programs(), Secrets.in(this.state, services),
				this.launcher);
	}

	private Kafka kafka(BusinessServices services) throws IOException {
		return new Kafka(this.ports.get(2), this.ports.get(3), Jvm.QUICK, this.state, TestState.programs(),
				Secrets.in(this.state, services), this.launcher);
	}

	private static long pid(Server server) throws IOException {
		return server.process().map(RunningProcess::pid).orElseThrow();
	}

	@Test
	void hasARoleAndADatabaseOfItsOwn() throws Exception {
		Postgres before = postgres(TWO);
		before.start(PATIENCE);
		long pid = pid(before);
		Postgres after = postgres(THREE);
		after.start(PATIENCE);
		assertThat(pid(after)).isEqualTo(pid);
		Map<String, String> properties = after.propertiesFor(ADDED);
		try (Connection connection = after.connect(ADDED, ADDED,
				properties.getOrDefault("platform.database.password", ""))) {
			assertThat(connection.isValid(1)).isTrue();
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> after
					.connect("order_service", ADDED, properties.getOrDefault("platform.database.password", ""))
					.close())
				.withMessageContaining("permission denied");
		}
	}

	@Test
	void hasKeysOfItsOwnAndTheOthersKeepTheirConnections() throws Exception {
		Redis before = redis(TWO);
		before.start(PATIENCE);
		long pid = pid(before);
		Redis after = redis(THREE);
		after.start(PATIENCE);
		assertThat(pid(after)).isEqualTo(pid);
		assertThat(command(after, ADDED, "SET table:1 a")).isEqualTo("+OK");
		assertThat(command(after, ADDED, "GET order-service:1")).startsWith("-NOPERM");
		assertThat(command(after, ADDED, "FLUSHALL")).startsWith("-NOPERM");
		assertThat(command(after, "order-service", "SET order-service:1 a")).isEqualTo("+OK");
		assertThat(command(after, "order-service", "GET table:1")).startsWith("-NOPERM");
	}

	private static String command(Redis redis, String client, String command) throws IOException {
		String password = redis.propertiesFor(client).getOrDefault("platform.redis.password", "");
		return redis.command(client, password, command);
	}

	@Test
	void hasTheRightsOfItsFileAfterARestartOfKafka() throws Exception {
		Kafka before = kafka(TWO);
		before.start(PATIENCE);
		long pid = pid(before);
		send(before, "order-service", "orders");
		before.start(PATIENCE);
		assertThat(pid(before)).isEqualTo(pid);
		assertThat(before.note()).isEmpty();
		Kafka after = kafka(THREE);
		after.start(PATIENCE);
		assertThat(pid(after)).isNotEqualTo(pid);
		assertThat(after.note().orElseThrow()).startsWith("kafka was restarted").doesNotContain("\n");
		assertThat(read(after, ADDED, "orders")).isOne();
		send(after, ADDED, "deliveries");
		send(after, ADDED, "orders.dlq");
		for (String topic : List.of("orders", "credit", "deliveries.dlq", "dlq.actions")) {
			assertThatExceptionOfType(ExecutionException.class).as(topic)
				.isThrownBy(() -> send(after, ADDED, topic))
				.withCauseInstanceOf(AuthorizationException.class);
		}
		for (String topic : List.of("credit", "deliveries", "orders.dlq")) {
			assertThatExceptionOfType(AuthorizationException.class).as(topic)
				.isThrownBy(() -> read(after, ADDED, topic));
		}
		try (Admin admin = Admin.create(after.adminProperties())) {
			assertThat(admin.listTopics().names().get()).contains("deliveries", "deliveries.dlq");
		}
	}

	private static Properties clientOf(Kafka kafka, String service) {
		return kafka.clientProperties(service,
				kafka.propertiesFor(service).getOrDefault("platform.kafka.password", ""));
	}

	private static void send(Kafka kafka, String service, String topic)
			throws ExecutionException, InterruptedException {
		Properties properties = clientOf(kafka, service);
		properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "5000");
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties, new StringSerializer(),
				new StringSerializer())) {
			producer.send(new ProducerRecord<>(topic, 0, "1", "hello")).get();
		}
	}

	private static int read(Kafka kafka, String service, String topic) {
		Properties properties = clientOf(kafka, service);
		properties.put(ConsumerConfig.GROUP_ID_CONFIG, service);
		properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(properties, new StringDeserializer(),
				new StringDeserializer())) {
			consumer.subscribe(List.of(topic));
			return consumer.poll(Duration.ofSeconds(20)).count();
		}
	}

}
