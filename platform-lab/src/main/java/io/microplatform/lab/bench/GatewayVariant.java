package io.microplatform.lab.bench;

import java.util.Locale;
import java.util.Map;

/**
 * A gateway that is measured beside that of the platform. It runs with the command and
 * the configuration of that one, except for its environment.
 */
enum GatewayVariant {

	/** Has no meter. */
	WITHOUT_METRICS,

	/** As {@code up} starts it without Zipkin. */
	WITH_METRICS,

	/** Counts each request in Redis, with a limit that no client exceeds. */
	RATE_LIMITS,

	/** Exports spans, but samples no request. */
	SAMPLING_NONE,

	/** Exports the spans of a tenth of the requests. */
	SAMPLING_TENTH,

	/** Exports the spans of all requests. */
	SAMPLING_ALL;

	private static final String PROFILES = "SPRING_PROFILES_ACTIVE";

	/** Returns the name in paths and messages. */
	String title() {
		return "gateway-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Returns what differs from the environment of every gateway. Without the export of
	 * metrics there is no registry, and Spring Boot provides an empty one to the beans
	 * that require it; the other variables remove every meter, the gateway's own filter
	 * and the gauges of Reactor Netty's pool.
	 */
	Map<String, String> environment() {
		return switch (this) {
			case WITHOUT_METRICS -> Map.of(PROFILES, "local", "MANAGEMENT_DEFAULTS_METRICS_EXPORT_ENABLED", "false",
					"MANAGEMENT_METRICS_ENABLE_ALL", "false", "SPRING_CLOUD_GATEWAY_SERVER_WEBFLUX_METRICS_ENABLED",
					"false", "SPRING_CLOUD_GATEWAY_SERVER_WEBFLUX_HTTPCLIENT_POOL_METRICS", "false");
			case WITH_METRICS -> Map.of(PROFILES, "local");
			case RATE_LIMITS -> Map.of(PROFILES, "local", "PLATFORM_RATELIMITS_ENABLED", "true");
			case SAMPLING_NONE -> sampling("0");
			case SAMPLING_TENTH -> sampling("0.1");
			case SAMPLING_ALL -> sampling("1");
		};
	}

	private static Map<String, String> sampling(String probability) {
		return Map.of(PROFILES, "local,tracing", "MANAGEMENT_TRACING_SAMPLING_PROBABILITY", probability);
	}

}
