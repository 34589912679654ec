package io.microplatform.acceptance.outage;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;

import io.microplatform.acceptance.audit.AuditReport;
import io.microplatform.acceptance.audit.Books;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.acceptance.load.LoadReport;
import io.microplatform.acceptance.load.Shoppers;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.local.process.RunningProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Events do not get through: the broker is stopped, or a service does not hear. Orders
 * are accepted all the same, and in the end every event has come, in order.
 */
@AcceptanceTest
class EventOutageTests {

	private static final Duration BEFORE = TestRun.lasting(Duration.ofSeconds(3), Duration.ofSeconds(30));

	private static final Duration AWAY = TestRun.lasting(Duration.ofSeconds(8), Duration.ofSeconds(60));

	private static final Duration FAST = Duration.ofMillis(150);

	private final PrivatePlatform platform;

	EventOutageTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@AfterEach
	void leaveThePlatformRunning() {
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
	@FullRun
	void ordersAreAcceptedWhileUserServiceIsStopped() {
		RunningProcess users = this.platform.process("user-service");
		ordersAreAccepted(() -> {
			users.kill();
			return this.platform::up;
		});
	}

	@FullRun
	@ParameterizedTest
	@CsvSource({ "user-service, orders", "order-service, credit" })
	void ordersAreAcceptedWhileAServiceMayNotRead(String service, String topic) {
		ordersAreAccepted(new ReadingRight(this.platform.processes(), service, topic)::revoke);
	}

	private void ordersAreAccepted(Outage outage) {
		try (Browsing ordering = new Browsing(this.platform, Shoppers::placing)) {
			Instant begin = Instant.now();
			ordering.goesOnFor(BEFORE);
			Instant end = Instant.now();
			LoadReport before = orders(ordering.between(begin, end));
			Runnable repair = outage.begin();
			LoadReport during;
			try {
				ordering.goesOnFor(AWAY);
				during = orders(ordering.between(end, Instant.now()));
			}
			finally {
				repair.run();
			}
			ordering.everyOrderIsConfirmed();
			LoadReport all = ordering.stop();
			assertThat(all.kinds()).as(all.toString()).containsOnlyKeys("200", "201");
			if (TestRun.isFull()) {
				System.out.printf(Locale.ROOT, "before:%n%sduring:%n%s", before, during);
				assertThat(during.latencies().p99()).isLessThanOrEqualTo(bound(before));
			}
		}
		Books books = new Books(this.platform.processes(), Books.USUAL_BOUND);
		await().atMost(Books.USUAL_BOUND).until(books::areQuiet);
		AuditReport audit = AuditReport.of(books);
		assertThat(audit.isClean()).as(audit.toString()).isTrue();
	}

	private static LoadReport orders(LoadReport report) {
		return report.of((answer) -> answer.call().equals("place order"));
	}

	private static Duration bound(LoadReport before) {
		return Stream.of(before.latencies().p99().multipliedBy(2), FAST).max(Duration::compareTo).orElseThrow();
	}

	/**
	 * Something that keeps events from getting through.
	 */
	@FunctionalInterface
	private interface Outage {

		/** Returns what ends it. */
		Runnable begin();

	}

}
