package io.microplatform.lab.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.RunningPlatform;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Benchmark of the audit of a million orders. It runs only on request, see
 * docs/benchmarks.md.
 */
@AcceptanceTest
class AuditBenchmark {

	private static final int USERS = 1000;

	private static final int ORDERS = 1_000_000;

	private static final int ROUNDS = 3;

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

	private final PrivatePlatform platform;

	private final RunningPlatform running;

	AuditBenchmark(PrivatePlatform platform) {
		this.platform = platform;
		this.running = platform.processes();
	}

	@Test
	void auditsAMillionOrders() throws Exception {
		// The services must not process the events, whose effects are already in the
		// databases.
		for (String service : List.of("order-service", "user-service")) {
			this.platform.process(service).stop(this.running.recordOf(service).endsOn(), STOP_TIMEOUT);
		}
		long firstUser = fillUsers();
		long firstOrder = fillOrders(firstUser);
		fillCredit(firstOrder, firstUser);
		fillTopic(firstOrder, firstUser);
		for (int round = 1; round <= ROUNDS; round++) {
			AuditReport audit = AuditReport.of(new PlatformAudit(this.running, PlatformAudit.DEFAULT_BOUND));
			assertThat(audit.isClean()).as(audit.toString()).isTrue();
			assertThat(audit.findings()).anyMatch((finding) -> finding.counted() == ORDERS);
			System.out.printf(Locale.ROOT, "MEASURED audit of %,d orders and %,d of their events: %.1f s%n", ORDERS,
					2 * ORDERS, audit.took().toMillis() / 1000.0);
		}
	}

	private long fillUsers() throws SQLException {
		return fill("user_service", "users", USERS, String.format(Locale.ROOT, """
				insert into users (name, email, email_key, password_hash, credit_limit, credit_available, created_at)
				select 'Ann', 'ann-' || n || '@example.org', 'ann-' || n || '@example.org', '', %d, 0, now()
				from generate_series(1, %d) n""", ORDERS / USERS, USERS));
	}

	private long fillOrders(long firstUser) throws SQLException {
		return fill("order_service", "orders", ORDERS, String.format(Locale.ROOT, """
				insert into orders (user_id, product, amount, status, created_at, updated_at)
				select %d + n %% %d, 'tea', 1, 'CONFIRMED', now(), now()
				from generate_series(0, %d) n""", firstUser, USERS, ORDERS - 1));
	}

	private void fillCredit(long firstOrder, long firstUser) throws SQLException {
		try (Connection users = this.running.connect("user_service"); Statement statement = users.createStatement()) {
			statement.execute(String.format(Locale.ROOT, """
					insert into credit_answer (order_id, user_id, outcome, amount, available, answered_at)
					select %d + n, %d + n %% %d, 'RESERVED', 1, 0, now()
					from generate_series(0, %d) n""", firstOrder, firstUser, USERS, ORDERS - 1));
		}
	}

	/** Inserts rows with consecutive ids and returns the first id. */
	private long fill(String database, String table, int rows, String sql) throws SQLException {
		try (Connection connection = this.running.connect(database);
				Statement statement = connection.createStatement()) {
			assertThat(statement.executeUpdate(sql)).isEqualTo(rows);
		}
		try (Database read = Database.connect(this.running, database)) {
			return read.count("select max(id) from " + table) - rows + 1;
		}
	}

	private void fillTopic(long firstOrder, long firstUser) throws Exception {
		Map<String, Object> properties = this.running.kafkaProperties();
		properties.put(ProducerConfig.LINGER_MS_CONFIG, 50);
		properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties, new StringSerializer(),
				new StringSerializer())) {
			List<Future<RecordMetadata>> sent = new ArrayList<>();
			for (int n = 0; n < ORDERS; n++) {
				sent.add(producer.send(event("order.created", "PENDING", firstOrder + n, firstUser + n % USERS)));
				sent.add(producer.send(event("order.confirmed", "CONFIRMED", firstOrder + n, firstUser + n % USERS)));
			}
			for (Future<RecordMetadata> future : sent) {
				future.get();
			}
		}
	}

	private static ProducerRecord<String, String> event(String type, String status, long order, long user) {
		ProducerRecord<String, String> event = new ProducerRecord<>("orders", Long.toString(user), String.format(
				Locale.ROOT,
				"""
						{"orderId":%d,"userId":%d,"product":"tea","amount":1.00,"status":"%s","at":"2026-11-26T12:00:00Z"}""",
				order, user, status));
		event.headers().add("ce_type", type.getBytes(UTF_8)).add("ce_id", UUID.randomUUID().toString().getBytes(UTF_8));
		return event;
	}

}
