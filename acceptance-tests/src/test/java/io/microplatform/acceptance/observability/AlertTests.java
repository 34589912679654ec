package io.microplatform.acceptance.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.Notifications;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.PrometheusClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests the way of an alert from a metric to a notification.
 */
@AcceptanceTest
@Execution(ExecutionMode.CONCURRENT)
@EnabledIf("io.microplatform.acceptance.fixture.Installed#prometheus")
class AlertTests {

	/** A scrape, an evaluation and the wait for other alerts of the group. */
	private static final Duration NOTIFIED_WITHIN = Duration.ofSeconds(90);

	private final PrivatePlatform platform;

	private final PrometheusClient prometheus;

	AlertTests(PrivatePlatform platform) {
		this.platform = platform;
		this.prometheus = PrometheusClient.of(platform.processes());
	}

	@Test
	void anAuditWithFindingsIsNotifiedWithItsRunbook() throws IOException {
		// Beside the result of the last audit, which other tests replace.
		Path finding = this.platform.state().resolve("observability/textfile/alert-test.prom");
		try (Notifications notifications = Notifications.listen()) {
			write(finding, """
					# HELP platform_audit_findings Violations that the last audit found.
					# TYPE platform_audit_findings gauge
					platform_audit_findings{check="credit",audit="alert-test"} 2
					""");
			await().atMost(NOTIFIED_WITHIN)
				.untilAsserted(() -> assertThat(notifications.alerts()).anySatisfy((alert) -> {
					assertThat(alert.path("labels").path("alertname").stringValue("")).isEqualTo("BooksOff");
					assertThat(alert.path("status").stringValue("")).isEqualTo("firing");
					assertThat(alert.path("annotations").path("runbook_url").stringValue(""))
						.endsWith("docs/runbooks/BooksOff.md");
				}));
		}
		finally {
			Files.delete(finding);
		}
		await().atMost(NOTIFIED_WITHIN)
			.until(() -> this.prometheus.alerts()
				.stream()
				.noneMatch((alert) -> "BooksOff".equals(alert.get("alertname"))));
	}

	/** As a whole, as the audit does. */
	private static void write(Path file, String text) throws IOException {
		Path next = Files.writeString(file.resolveSibling("alert-test.next"), text);
		Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

}
