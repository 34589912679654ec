package io.microplatform.acceptance.outage;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;

import io.microplatform.lab.audit.AuditReport;
import io.microplatform.lab.audit.PlatformAudit;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.fixture.StartsInstances;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.load.SimulatedUsers;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.local.process.RunningProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that orders are accepted while events are not delivered, because the broker is
 * stopped or a consumer is not authorized, and that every event is delivered in order
 * afterwards.
 */
@FullRun
@AcceptanceTest
@StartsInstances
class EventOutageTests {

	private static final Duration BEFORE = Duration.ofSeconds(30);

	private static final Duration OUTAGE = Duration.ofSeconds(60);

	private static final Duration FAST = Duration.ofMillis(150);

	private final PrivatePlatform platform;

	EventOutageTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@AfterEach
	void startThePlatform() {
		this.platform.up();
	}

	@Test
	void ordersAreAcceptedWhileKafkaIsStopped() {
		RunningProcess kafka = this.platform.process("kafka");
		ordersAreAccepted(() -> {
			kafka.kill();
			return this.platform::up;
		});
	}

	@Test
	void ordersAreAcceptedWhileUserServiceIsStopped() {
		RunningProcess users = this.platform.process("user-service");
		ordersAreAccepted(() -> {
			users.kill();
			return this.platform::up;
		});
	}

	@ParameterizedTest
	@CsvSource({ "user-service, orders", "order-service, credit" })
	void ordersAreAcceptedWhileAConsumerIsNotAuthorized(String service, String topic) {
		ordersAreAccepted(new TopicReadPermission(this.platform.processes(), service, topic)::revoke);
	}

	private void ordersAreAccepted(Outage outage) {
		try (BackgroundLoad load = new BackgroundLoad(this.platform, SimulatedUsers::orderServiceOnly)) {
			Instant begin = Instant.now();
			load.continueFor(BEFORE);
			Instant end = Instant.now();
			LoadReport before = orders(load.between(begin, end));
			Runnable repair = outage.begin();
			LoadReport during;
			try {
				load.continueFor(OUTAGE);
				during = orders(load.between(end, Instant.now()));
			}
			finally {
				repair.run();
			}
			load.assertEveryOrderIsConfirmed();
			LoadReport all = load.stop();
			assertThat(all.kinds()).as(all.toString()).containsOnlyKeys("200", "201");
			System.out.printf(Locale.ROOT, "before:%n%sduring:%n%s", before, during);
			assertThat(during.latencies().p99()).isLessThanOrEqualTo(bound(before));
		}
		PlatformAudit audit = new PlatformAudit(this.platform.processes(), PlatformAudit.DEFAULT_BOUND);
		await().atMost(PlatformAudit.DEFAULT_BOUND).until(audit::isQuiet);
		AuditReport report = AuditReport.of(audit);
		assertThat(report.isClean()).as(report.toString()).isTrue();
	}

	private static LoadReport orders(LoadReport report) {
		return report.of((result) -> result.call().equals("place order"));
	}

	private static Duration bound(LoadReport before) {
		return Stream.of(before.latencies().p99().multipliedBy(2), FAST).max(Duration::compareTo).orElseThrow();
	}

	/**
	 * An outage of the event delivery.
	 */
	@FunctionalInterface
	private interface Outage {

		/** Starts the outage and returns the action that ends it. */
		Runnable begin();

	}

}
