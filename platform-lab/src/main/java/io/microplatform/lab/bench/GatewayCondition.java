package io.microplatform.lab.bench;

import org.jspecify.annotations.Nullable;

/**
 * The conditions under which {@link GatewayBench} measures.
 */
enum GatewayCondition {

	/** The gateway without meters; Prometheus is suspended. */
	WITHOUT_METRICS("withoutMetrics", "gateway without metrics", GatewayVariant.WITHOUT_METRICS),

	/** The gateway with the metrics of the platform; Prometheus is suspended. */
	NOT_SCRAPED("metricsNotScraped", "gateway with metrics, not scraped", GatewayVariant.WITH_METRICS),

	/** The same while Prometheus scrapes every instance of the platform. */
	SCRAPED("metricsScraped", "gateway with metrics, scraped", GatewayVariant.WITH_METRICS),

	/**
	 * The gateway with metrics and with rate limits, which counts each request in Redis;
	 * Prometheus is suspended.
	 */
	RATE_LIMITS("rateLimits", "gateway with rate limits", GatewayVariant.RATE_LIMITS),

	/** The gateway with metrics and the profile for traces, none of which is sampled. */
	SAMPLING_NONE("samplingNone", "gateway that samples no trace", GatewayVariant.SAMPLING_NONE),

	/** The same, sampling a tenth of the traces. */
	SAMPLING_TENTH("samplingTenth", "gateway that samples 10 % of the traces", GatewayVariant.SAMPLING_TENTH),

	/** The same, sampling all traces. */
	SAMPLING_ALL("samplingAll", "gateway that samples all traces", GatewayVariant.SAMPLING_ALL),

	/** nginx in place of the gateway; Prometheus is suspended. */
	NGINX("nginx", "nginx as the proxy", null),

	/** The stub without a proxy, which is the limit; Prometheus is suspended. */
	STUB("stub", "no proxy", null);

	private final String key;

	private final String title;

	private final @Nullable GatewayVariant gateway;

	GatewayCondition(String key, String title, @Nullable GatewayVariant gateway) {
		this.key = key;
		this.title = title;
		this.gateway = gateway;
	}

	/** Returns the gateway to measure; {@code null} for none. */
	@Nullable GatewayVariant gateway() {
		return this.gateway;
	}

	/** Returns the name in JSON. */
	String key() {
		return this.key;
	}

	/** Returns the name in tables and messages. */
	String title() {
		return this.title;
	}

}
