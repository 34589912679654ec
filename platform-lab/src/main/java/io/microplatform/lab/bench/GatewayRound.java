package io.microplatform.lab.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.Progress;
import io.microplatform.local.process.Await;
import io.microplatform.local.process.Http;
import io.microplatform.local.process.RunningProcess;

/**
 * One round of {@link GatewayBench}: every condition, one after the other, for the same
 * time.
 *
 * @param gateways the base URLs of the gateways
 * @param nginx the stub and the reference proxy
 * @param prometheus Prometheus, which is suspended unless scrapes are measured
 * @param wrk the load generator
 * @param progress receives progress messages
 */
record GatewayRound(Map<GatewayVariant, String> gateways, Nginx nginx, RunningProcess prometheus, Wrk wrk,
		Progress progress) {

	private static final String PATH = "/bench/order";

	/** For each gateway. The JIT compiler needs most of it. */
	private static final Duration WARM_UP = Duration.ofSeconds(60);

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	/** Sends requests to all gateways, and discards the results. */
	void warmUp() {
		for (String url : this.gateways.values()) {
			if (!Await.until(TIMEOUT, () -> Http.isOk(url + PATH))) {
				throw new PlatformFailedException(url + " does not route to the stub", null);
			}
			this.progress.report(String.format(Locale.ROOT, "warming up %s for %d s", url, WARM_UP.toSeconds()));
			this.wrk.run(url + PATH, WARM_UP);
		}
	}

	/**
	 * Measures under every condition.
	 * @param reversed whether the last condition comes first
	 * @return the results
	 * @throws PlatformFailedException if a request fails
	 */
	Map<GatewayCondition, WrkResult> measure(boolean reversed) {
		List<GatewayCondition> conditions = new ArrayList<>(List.of(GatewayCondition.values()));
		if (reversed) {
			Collections.reverse(conditions);
		}
		Map<GatewayCondition, WrkResult> results = new EnumMap<>(GatewayCondition.class);
		for (GatewayCondition condition : conditions) {
			WrkResult result = measure(condition);
			results.put(condition, result);
			this.progress.report(String.format(Locale.ROOT, "%s: %.0f requests/s, p99 %.2f ms", condition.title(),
					result.requestsPerSecond(), result.p99Millis()));
		}
		return results;
	}

	private WrkResult measure(GatewayCondition condition) {
		if (condition == GatewayCondition.SCRAPED) {
			return this.wrk.measure(url(condition));
		}
		this.prometheus.pause();
		try {
			return this.wrk.measure(url(condition));
		}
		finally {
			this.prometheus.resume();
		}
	}

	private String url(GatewayCondition condition) {
		GatewayVariant gateway = condition.gateway();
		if (gateway != null) {
			return Objects.requireNonNull(this.gateways.get(gateway)) + PATH;
		}
		return ((condition == GatewayCondition.NGINX) ? this.nginx.proxy() : this.nginx.stub()) + PATH;
	}

}
