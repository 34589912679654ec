package io.microplatform.acceptance.demo;

import java.math.BigDecimal;
import java.net.URI;
import java.util.regex.Pattern;

import io.microplatform.acceptance.client.PlatformClient;
import io.microplatform.acceptance.platform.RunningPlatform;

/**
 * How many reads of orders were answered from Redis, over all instances of the service,
 * as their metrics tell.
 */
final class CacheHits {

	private static final String METRICS = "/actuator/prometheus";

	private static final Pattern HITS = Pattern.compile(
			"^cache_gets_total\\{(?=[^}]*cache=\"orders\")(?=[^}]*result=\"hit\")[^}]*} (\\S+)", Pattern.MULTILINE);

	private final RunningPlatform platform;

	CacheHits(RunningPlatform platform) {
		this.platform = platform;
	}

	long count() {
		return this.platform.managementOf("order-service").stream().mapToLong(CacheHits::count).sum();
	}

	private static long count(URI management) {
		return count(PlatformClient.of(management).get(METRICS).expect(200).body());
	}

	static long count(String metrics) {
		return HITS.matcher(metrics)
			.results()
			.mapToLong((line) -> new BigDecimal(line.group(1)).longValueExact())
			.sum();
	}

}
