package io.microplatform.lab.drill;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.PrometheusClient;
import io.microplatform.local.process.Await;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Scenario that causes faults one after another, and requires that Prometheus fires the
 * alert of each, with its runbook, and that the alert ends after the repair.
 */
final class AlertScenario implements Scenario {

	private static final Duration KAFKA_OUTAGE = Duration.ofMinutes(2);

	/** The time of an alert's condition, a scrape and an evaluation, and some more. */
	private static final Duration FIRES_WITHIN = Duration.ofMinutes(4);

	private static final Duration ENDS_WITHIN = Duration.ofMinutes(3);

	@Override
	public String name() {
		return "alerts";
	}

	@Override
	public int instances() {
		return 2;
	}

	@Override
	public int rounds() {
		return 1;
	}

	@Override
	public List<String> parts() {
		return List.of("prometheus");
	}

	@Override
	public void runRound(DrillContext context) {
		context.runPhase("no Kafka for two minutes", () -> {
			context.platform().process("kafka").kill();
			context.continueFor(KAFKA_OUTAGE);
			expectFiring("OutboxAge", Duration.ZERO, context);
		});
		context.runPhase("Kafka started", () -> {
			context.platform().up();
			expectEnd("OutboxAge", context);
		});
		context.runPhase("event that cannot be read", () -> {
			publishUnreadableEvent(context);
			expectFiring("DeadLetterOpen", FIRES_WITHIN, context);
		});
		context.runPhase("dead letter discarded", () -> {
			run(context, "dlq", "discard", "all");
			expectEnd("DeadLetterOpen", context);
		});
		RunRecord killed = context.anyOf("order-service");
		context.runPhase("kill -9 " + killed.instance(), () -> {
			DrillContext.process(killed).kill();
			expectFiring("InstanceMissing", FIRES_WITHIN, context);
		});
		context.runPhase("start of " + killed.instance(), () -> {
			context.platform().up();
			expectEnd("InstanceMissing", context);
		});
		RunRecord suspended = context.anyOf("user-service");
		RunningProcess process = DrillContext.process(suspended);
		context.runPhase("refresh without " + suspended.instance(), () -> {
			process.pause();
			context.platform()
				.configuration()
				.change("order-service", Map.of("platform.orders.max-amount", "12000.00"));
			// It reports the instance that does not answer.
			context.platform().run("refresh");
		});
		// It would update the instance within seconds.
		context.runPhase("kill -9 config-server", () -> {
			context.platform().process("config-server").kill();
			process.resume();
			expectFiring("ConfigurationVersionsDiffer", FIRES_WITHIN, context);
		});
		context.runPhase("start of config-server", () -> {
			context.platform().up();
			expectEnd("ConfigurationVersionsDiffer", context);
		});
	}

	private static void expectFiring(String alert, Duration timeout, DrillContext context) {
		if (!Await.until(timeout,
				() -> firing(alert, context).stream().anyMatch((labels) -> hasRunbook(alert, labels)))) {
			context.reportViolation("%s does not fire with its runbook: %s".formatted(alert, firing(alert, context)));
		}
	}

	private static void expectEnd(String alert, DrillContext context) {
		if (!Await.until(ENDS_WITHIN, () -> firing(alert, context).isEmpty())) {
			context.reportViolation("%s still fires %s after the repair".formatted(alert, ENDS_WITHIN));
		}
	}

	private static boolean hasRunbook(String alert, Map<String, String> labels) {
		return labels.getOrDefault("runbook_url", "").endsWith("/docs/runbooks/%s.md".formatted(alert));
	}

	private static List<Map<String, String>> firing(String alert, DrillContext context) {
		return PrometheusClient.of(context.platform().processes())
			.alerts()
			.stream()
			.filter((labels) -> alert.equals(labels.get("alertname")) && "firing".equals(labels.get("state")))
			.toList();
	}

	private static void publishUnreadableEvent(DrillContext context) {
		Properties connection = new Properties();
		connection.putAll(context.platform().processes().kafkaProperties());
		ProducerRecord<byte[], byte[]> event = new ProducerRecord<>("credit", bytes("0"), bytes("not JSON"));
		Map.of("ce_specversion", "1.0", "ce_id", UUID.randomUUID().toString(), "ce_source", "/user-service", "ce_type",
				"credit.reserved", "content-type", "application/json")
			.forEach((name, value) -> event.headers().add(name, bytes(value)));
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(connection, new ByteArraySerializer(),
				new ByteArraySerializer())) {
			var _ = producer.send(event);
		}
		catch (KafkaException ex) {
			throw new PlatformFailedException("the event was not published: " + ex.getMessage(), null);
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static void run(DrillContext context, String... command) {
		if (context.platform().run(command).exitCode() != 0) {
			context.reportViolation(String.join(" ", command) + " failed");
		}
	}

}
