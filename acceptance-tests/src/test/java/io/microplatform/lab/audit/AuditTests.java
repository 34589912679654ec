package io.microplatform.lab.audit;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Order;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.Installed;
import io.microplatform.lab.platform.CommandOutput;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.RunningPlatform;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that the audit passes on an intact platform and finds corrupted data.
 */
@AcceptanceTest
class AuditTests {

	private static final Duration BOUND = Duration.ofSeconds(60);

	private final PrivatePlatform platform;

	private final RunningPlatform running;

	private final ClientAccount ann;

	private final long order;

	private final List<DataCorruption> corruptions = new ArrayList<>();

	AuditTests(PrivatePlatform platform) {
		this.platform = platform;
		this.running = platform.processes();
		this.ann = platform.signUp("Ann");
		this.order = this.ann.client().placeOrder("tea", BigDecimal.TEN).expect(201).as(Order.class).id();
		await()
			.until(() -> this.ann.client().order(this.order).expect(200).as(Order.class).status().equals("CONFIRMED"));
	}

	@BeforeEach
	void awaitQuiet() {
		await().atMost(BOUND).until(new PlatformAudit(this.running, BOUND)::isQuiet);
	}

	private void assertExported(String metric) throws IOException {
		if (Installed.prometheus()) {
			assertThat(Files.readString(this.platform.state().resolve("observability/textfile/audit.prom")))
				.contains(metric);
		}
	}

	@AfterEach
	void undoCorruptions() throws SQLException {
		for (DataCorruption corruption : this.corruptions) {
			corruption.close();
		}
		this.corruptions.clear();
	}

	@Test
	void passesOnAnIntactPlatform() throws IOException {
		CommandOutput audit = this.platform.run("audit");
		assertExported("platform_audit_findings{check=\"credit\"} 0\n");
		assertThat(audit.exitCode()).as(audit.text()).isZero();
		assertThat(audit.text()).contains("✓ credit limit = available + reserved", "the books balance")
			.doesNotContain("✗");
	}

	@Test
	void findsMissingCredit() throws IOException, SQLException {
		String credit = "update users set credit_available = credit_available %s 1 where id = " + this.ann.id();
		corrupt("user_service", String.format(Locale.ROOT, credit, "-"), String.format(Locale.ROOT, credit, "+"));
		CommandOutput audit = this.platform.run("audit", "--json");
		assertThat(audit.exitCode()).as(audit.text()).isOne();
		assertExported("platform_audit_findings{check=\"credit\"} 1\n");
		JsonNode report = JsonMapper.shared().readTree(audit.text());
		assertThat(report.path("clean").asBoolean()).isFalse();
		assertThat(report.path("findings").valueStream().map((finding) -> finding.path("offences")))
			.filteredOn((offences) -> !offences.isEmpty())
			.singleElement()
			.hasToString(String.format(Locale.ROOT, "[\"user %d: limit 1000.00, available 989.00, reserved 10.00\"]",
					this.ann.id()));
	}

	@Test
	void findsAConfirmedOrderWithoutAReservation() throws SQLException {
		String outcome = "update credit_answer set outcome = '%s' where order_id = " + this.order;
		corrupt("user_service", String.format(Locale.ROOT, outcome, "RELEASED"),
				String.format(Locale.ROOT, outcome, "RESERVED"));
		assertThat(reservations())
			.containsExactly(String.format(Locale.ROOT, "order %d: CONFIRMED, but nothing is reserved", this.order));
	}

	@Test
	void findsAReservationOfARejectedOrder() throws SQLException {
		String status = "update orders set status = '%s' where id = " + this.order;
		corrupt("order_service", String.format(Locale.ROOT, status, "REJECTED"),
				String.format(Locale.ROOT, status, "CONFIRMED"));
		assertThat(reservations())
			.containsExactly(String.format(Locale.ROOT, "order %d: REJECTED, but 10.00 is reserved", this.order));
	}

	@Test
	void findsAReservationWithoutAnOrder() throws SQLException {
		String id = "update credit_answer set order_id = - order_id where order_id = ";
		corrupt("user_service", id + this.order, id + -this.order);
		assertThat(reservations()).hasSize(2)
			.anyMatch((offence) -> offence.startsWith(String.format(Locale.ROOT, "order -%d:", this.order)));
	}

	@Test
	void findsAReservationOfADifferentAmount() throws SQLException {
		String amount = "update orders set amount = amount %s 1 where id = " + this.order;
		corrupt("order_service", String.format(Locale.ROOT, amount, "+"), String.format(Locale.ROOT, amount, "-"));
		assertThat(reservations()).singleElement()
			.asString()
			.contains(String.format(Locale.ROOT, "order %d:", this.order), "10.00", "11.00");
	}

	@Test
	void findsAnOrderThatWaitsTooLong() throws SQLException {
		corrupt("order_service",
				"update orders set ask_again_at = now() + interval '1 hour', updated_at = now() - interval '90 s' where id = "
						+ this.order,
				"update orders set ask_again_at = null where id = " + this.order);
		try (Database orders = Database.connect(this.running, "order_service")) {
			assertThat(new PendingCheck(orders, BOUND).run().offences()).singleElement()
				.asString()
				.startsWith(String.format(Locale.ROOT, "order %d: no answer for 9", this.order));
		}
	}

	@Test
	void findsAParkedEvent() throws SQLException {
		UUID id = UUID.randomUUID();
		corrupt("user_service", """
				insert into outbox (event_id, topic, message_key, type, data, occurred_at, attempts, parked_at,
					last_error)
				values ('%s', 'nowhere', '0', 'none', '{}', now(), 3, now(), 'too large')""".formatted(id),
				"delete from outbox where event_id = '%s'".formatted(id));
		try (Database users = Database.connect(this.running, "user_service")) {
			assertThat(new OutboxCheck("user-service", users, BOUND).run().offences()).singleElement()
				.asString()
				.contains(id.toString(), "parked", "too large");
		}
	}

	@Test
	void findsMalformedMessagesAndCompletesTheOtherChecks() throws Exception {
		for (String data : Arrays.asList(null, "not JSON", "{\"orderId\":\"seventeen\"}")) {
			send("order.created".getBytes(UTF_8), data);
		}
		send(null, "{}");
		send(new byte[] { (byte) 0xFF }, "{}");
		await().atMost(BOUND).until(() -> this.platform.run("dlq", "list").text().contains("5 open dead letters"));
		CommandOutput audit = this.platform.run("audit");
		assertThat(audit.exitCode()).as(audit.text()).isOne();
		assertThat(audit.text()).contains("✓ credit limit = available + reserved",
				"✗ every message of orders is an event", "the books do not balance");
		JsonNode report = JsonMapper.shared().readTree(this.platform.run("audit", "--json").text());
		assertThat(report.path("findings").valueStream())
			.filteredOn((finding) -> finding.path("check").stringValue("").startsWith("every message of orders"))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.path("offences").size()).isEqualTo(5));
		assertThat(this.platform.run("dlq", "discard", "all").exitCode()).isZero();
		assertThat(this.platform.run("audit").text()).contains("✓ every message of orders is an event");
	}

	private void send(byte @Nullable [] type, @Nullable String data) throws Exception {
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(this.running.kafkaProperties(),
				new StringSerializer(), new StringSerializer())) {
			ProducerRecord<String, String> message = new ProducerRecord<>("orders", Long.toString(this.ann.id()), data);
			message.headers().add("ce_id", UUID.randomUUID().toString().getBytes(UTF_8)).add("ce_type", type);
			producer.send(message).get();
		}
	}

	private List<String> reservations() throws SQLException {
		try (Database orders = Database.connect(this.running, "order_service");
				Database users = Database.connect(this.running, "user_service")) {
			return new ReservationCheck(orders, users, Duration.ZERO).run().offences();
		}
	}

	private void corrupt(String database, String sql, String undo) throws SQLException {
		this.corruptions.add(DataCorruption.of(this.running, database, sql, undo));
	}

}
