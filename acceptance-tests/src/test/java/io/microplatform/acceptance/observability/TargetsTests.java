package io.microplatform.acceptance.observability;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.fixture.StartsInstances;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.PrometheusClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that Prometheus finds every instance through the registry.
 */
@AcceptanceTest
@StartsInstances
@EnabledIf("io.microplatform.acceptance.fixture.Installed#prometheus")
class TargetsTests {

	/** From readiness until the first scrape. */
	private static final Duration SEEN_WITHIN = Duration.ofSeconds(15);

	private static final Duration INFRASTRUCTURE_WITHIN = Duration.ofSeconds(90);

	/** From the end until Prometheus has no target. */
	private static final Duration GONE_WITHIN = Duration.ofSeconds(30);

	private final PrivatePlatform platform;

	private final PrometheusClient prometheus;

	TargetsTests(PrivatePlatform platform) {
		this.platform = platform;
		this.prometheus = PrometheusClient.of(platform.processes());
	}

	/** Other tests require a single instance. */
	@AfterEach
	void scaleToOneInstance() {
		this.platform.scale("order-service", 1);
	}

	@Test
	void everyServiceAndServerIsScraped() {
		await().atMost(SEEN_WITHIN)
			.untilAsserted(() -> assertThat(scraped("")).contains("api-gateway", "config-server", "discovery-server",
					"order-service", "user-service"));
		// Kafka's exporter is loaded into the running broker.
		await().atMost(INFRASTRUCTURE_WITHIN)
			.untilAsserted(() -> assertThat(this.prometheus.query("up{job!=\"microplatform\"} == 1"))
				.extracting((sample) -> sample.labels().get("job"))
				.contains("kafka", "postgresql", "redis", "node", "prometheus", "alertmanager"));
	}

	@Test
	@FullRun
	void scaledInstancesComeAndGo() {
		this.platform.scale("order-service", 3);
		await().atMost(SEEN_WITHIN).until(() -> scraped("order-service").size() == 3);
		this.platform.scale("order-service", 1);
		await().atMost(GONE_WITHIN).until(() -> scraped("order-service").size() == 1);
	}

	/** The services of targets that answer; all of them, or those of one service. */
	private List<String> scraped(String service) {
		String matcher = service.isEmpty() ? "" : String.format(Locale.ROOT, ",service=\"%s\"", service);
		return this.prometheus.query(String.format(Locale.ROOT, "up{job=\"microplatform\"%s} == 1", matcher))
			.stream()
			.map((sample) -> sample.labels().getOrDefault("service", ""))
			.toList();
	}

}
