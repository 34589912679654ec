package io.microplatform.lab.bench;

/**
 * The conditions under which {@link GatewayBench} measures.
 */
enum GatewayCondition {

	/** The gateway without meters; Prometheus is suspended. */
	WITHOUT_METRICS("withoutMetrics", "gateway without metrics"),

	/** The gateway with the metrics of the platform; Prometheus is suspended. */
	NOT_SCRAPED("metricsNotScraped", "gateway with metrics, not scraped"),

	/** The same while Prometheus scrapes every instance of the platform. */
	SCRAPED("metricsScraped", "gateway with metrics, scraped"),

	/** nginx in place of the gateway; Prometheus is suspended. */
	NGINX("nginx", "nginx as the proxy"),

	/** The stub without a proxy, which is the limit; Prometheus is suspended. */
	STUB("stub", "no proxy");

	private final String key;

	private final String title;

	GatewayCondition(String key, String title) {
		this.key = key;
		this.title = title;
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
