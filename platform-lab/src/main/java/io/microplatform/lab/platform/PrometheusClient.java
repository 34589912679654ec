package io.microplatform.lab.platform;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.microplatform.lab.client.PlatformClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the Prometheus that {@code ./platform up --with prometheus} has started.
 *
 * @param url the base URL
 */
public record PrometheusClient(URI url) {

	/** The name in the records of processes. */
	public static final String NAME = "prometheus";

	/**
	 * Finds the Prometheus of a platform.
	 * @param platform the platform
	 * @return the client
	 * @throws IllegalStateException if the platform was started without Prometheus
	 */
	public static PrometheusClient of(RunningPlatform platform) {
		return new PrometheusClient(RunningPlatform.loopback(platform.recordOf(NAME).port()));
	}

	/**
	 * Evaluates an expression now.
	 * @param expression an expression whose value is a vector or a scalar
	 * @return the samples
	 * @throws IllegalArgumentException if Prometheus rejects the expression
	 */
	public List<Sample> query(String expression) {
		return query(expression, Instant.now());
	}

	/**
	 * Evaluates an expression at a time.
	 * @param expression an expression whose value is a vector or a scalar
	 * @param at the time
	 * @return the samples
	 * @throws IllegalArgumentException if Prometheus rejects the expression
	 */
	public List<Sample> query(String expression, Instant at) {
		JsonNode data = get(String.format(Locale.ROOT, "/api/v1/query?time=%.3f&query=%s", at.toEpochMilli() / 1000.0,
				URLEncoder.encode(expression, StandardCharsets.UTF_8)));
		if (data.path("resultType").stringValue("").equals("scalar")) {
			return List.of(new Sample(Map.of(), value(data.path("result"))));
		}
		List<Sample> samples = new ArrayList<>();
		for (JsonNode series : data.path("result")) {
			samples.add(new Sample(labels(series.path("metric")), value(series.path("value"))));
		}
		return samples;
	}

	/**
	 * Returns the alerts that are pending or firing.
	 * @return the labels of each, with the state as {@code state}, and its annotations
	 */
	public List<Map<String, String>> alerts() {
		List<Map<String, String>> alerts = new ArrayList<>();
		for (JsonNode alert : get("/api/v1/alerts").path("alerts")) {
			Map<String, String> all = labels(alert.path("annotations"));
			all.putAll(labels(alert.path("labels")));
			all.put("state", alert.path("state").stringValue(""));
			alerts.add(all);
		}
		return alerts;
	}

	private JsonNode get(String path) {
		JsonNode reply = JsonMapper.shared().readTree(PlatformClient.of(this.url).get(path).body());
		if (!reply.path("status").stringValue("").equals("success")) {
			throw new IllegalArgumentException(reply.path("error").stringValue("no answer"));
		}
		return reply.path("data");
	}

	private static Map<String, String> labels(JsonNode object) {
		Map<String, String> labels = new TreeMap<>();
		object.forEachEntry((name, value) -> labels.put(name, value.stringValue("")));
		return labels;
	}

	private static double value(JsonNode pair) {
		String text = pair.path(1).stringValue("NaN");
		return switch (text) {
			case "+Inf" -> Double.POSITIVE_INFINITY;
			case "-Inf" -> Double.NEGATIVE_INFINITY;
			default -> Double.parseDouble(text);
		};
	}

	/**
	 * A value with its labels.
	 *
	 * @param labels the labels
	 * @param value the value
	 */
	public record Sample(Map<String, String> labels, double value) {

	}

}
