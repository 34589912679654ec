package io.microplatform.local;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.postgres.Postgres;
import io.microplatform.local.process.Await;
import io.microplatform.local.process.Jvm;
import io.microplatform.local.process.LeashedLauncher;
import io.microplatform.local.process.Ports;
import io.microplatform.local.redis.Redis;
import io.microplatform.local.server.Programs;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.Server;
import io.microplatform.local.server.StateDirectory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers on a disk that is full for a while. Whatever becomes of them, what they have
 * acknowledged is there when they are started with space again.
 */
class FullDiskTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int MEBIBYTES = 256;

	/** Classes of SQLSTATE of an outage; see DatabaseFailure. */
	private static final Set<String> OUTAGE = Set.of("08", "53", "57", "58");

	private final Programs programs = TestState.programs();

	private final List<Integer> ports = Ports.free(2);

	private @Nullable TestDisk disk;

	private @Nullable Server server;

	@SuppressWarnings("NullAway.Init") // set before each
	private StateDirectory state;

	@SuppressWarnings("NullAway.Init") // set before each
	private Secrets secrets;

	@SuppressWarnings("NullAway.Init") // set before each
	private LeashedLauncher launcher;

	@BeforeEach
	void mount(@TempDir Path directory) throws IOException {
		this.disk = TestDisk.mount(directory.toRealPath().resolve("disk"), MEBIBYTES);
		this.state = TestState.in(this.disk.directory().resolve("state")).create();
		this.secrets = Secrets.in(this.state);
		this.launcher = new LeashedLauncher(directory.resolve("logs"));
	}

	@AfterEach
	void unmount() throws IOException {
		if (this.server != null) {
			this.server.kill();
		}
		if (this.disk != null) {
			this.disk.close();
		}
	}

	private TestDisk disk() {
		return Objects.requireNonNull(this.disk);
	}

	@Test
	void postgresqlKeepsWhatItHasCommitted() throws Exception {
		Postgres postgres = new Postgres(this.ports.getFirst(), this.state, this.programs, this.secrets, this.launcher);
		this.server = postgres;
		postgres.start(PATIENCE);
		execute(postgres, "create table kept (id bigint, content text)");
		insert(postgres, 1);
		disk().fill();
		long committed = 1;
		@Nullable String refusal = null;
		while (refusal == null) {
			try {
				insert(postgres, committed + 1);
				committed++;
			}
			catch (SQLException ex) {
				refusal = ex.getSQLState();
			}
		}
		assertThat(refusal.substring(0, 2)).isIn(OUTAGE);
		disk().free();
		postgres.start(PATIENCE);
		assertThat(count(postgres, committed)).isEqualTo(committed);
		insert(postgres, committed + 2);
	}

	private static void insert(Postgres postgres, long id) throws SQLException {
		execute(postgres, String.format(Locale.ROOT, """
				insert into kept select %d, string_agg(md5(random()::text), '') from generate_series(1, 20000)""", id));
	}

	private static void execute(Postgres postgres, String sql) throws SQLException {
		try (Connection connection = postgres.connect("postgres"); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static long count(Postgres postgres, long highest) throws SQLException {
		try (Connection connection = postgres.connect("postgres");
				Statement statement = connection.createStatement();
				ResultSet result = statement
					.executeQuery(String.format(Locale.ROOT, "select count(*) from kept where id <= %d", highest))) {
			result.next();
			return result.getLong(1);
		}
	}

	@Test
	void kafkaStopsAndKeepsWhatItHasAcknowledged() throws Exception {
		Kafka kafka = new Kafka(this.ports.getFirst(), this.ports.getLast(), Jvm.QUICK, this.state, this.programs,
				this.secrets, this.launcher);
		this.server = kafka;
		kafka.start(PATIENCE);
		long acknowledged = send(kafka);
		disk().fill();
		boolean stopped = false;
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (!stopped && System.nanoTime() - end < 0) {
			try {
				acknowledged = send(kafka);
			}
			catch (ExecutionException ex) {
				stopped = kafka.process().isEmpty();
			}
		}
		assertThat(stopped).isTrue();
		disk().free();
		kafka.start(PATIENCE);
		assertThat(lastOffset(kafka)).isGreaterThanOrEqualTo(acknowledged);
		assertThat(send(kafka)).isGreaterThan(acknowledged);
	}

	/** Returns the offset of the message. */
	private static long send(Kafka kafka) throws ExecutionException, InterruptedException {
		Properties properties = kafka.adminProperties();
		properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "3000");
		properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "2000");
		properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "3000");
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties, new ByteArraySerializer(),
				new ByteArraySerializer())) {
			return producer.send(new ProducerRecord<>(Kafka.DEAD_LETTER_ACTIONS, 0, null, new byte[900_000]))
				.get()
				.offset();
		}
	}

	private static long lastOffset(Kafka kafka) throws ExecutionException, InterruptedException {
		TopicPartition partition = new TopicPartition(Kafka.DEAD_LETTER_ACTIONS, 0);
		try (Admin admin = Admin.create(kafka.adminProperties())) {
			return admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition).get().offset()
					- 1;
		}
	}

	@Test
	void redisRefusesWritesUntilThereIsSpace() throws Exception {
		Redis redis = new Redis(this.ports.getFirst(), this.state, this.programs, this.secrets, this.launcher);
		this.server = redis;
		redis.start(PATIENCE);
		assertThat(command(redis, "SET kept 42")).isEqualTo("+OK");
		disk().fill();
		assertThat(Await.until(PATIENCE, () -> fill(redis).startsWith("-MISCONF"))).isTrue();
		assertThat(command(redis, "GET kept")).isEqualTo("$2");
		disk().free();
		assertThat(Await.until(PATIENCE, () -> fill(redis).equals("+OK"))).isTrue();
		redis.kill();
		redis.start(PATIENCE);
		assertThat(command(redis, "EXISTS kept")).isEqualTo(":1");
		assertThat(redis.note()).isEmpty();
	}

	private static String fill(Redis redis) {
		try {
			return command(redis, "SET filler " + "x".repeat(4000));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private static String command(Redis redis, String command) throws IOException {
		return redis.command(Redis.ADMIN, redis.adminPassword(), command);
	}

}
