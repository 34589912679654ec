package io.microplatform.lab.platform;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.microplatform.local.process.RunRecord;

/**
 * Counts the requests that each instance of a service has served since this object was
 * created, from the metrics on the management ports.
 */
public final class ServedRequests {

	private final RunningPlatform platform;

	private final String service;

	private final String path;

	private final Map<String, Long> before;

	private ServedRequests(RunningPlatform platform, String service, String path) {
		this.platform = platform;
		this.service = service;
		this.path = path;
		this.before = counts();
	}

	/**
	 * Starts to count.
	 * @param platform the platform
	 * @param service the name of the service
	 * @param path the prefix of the paths to count
	 * @return the counter
	 */
	public static ServedRequests from(RunningPlatform platform, String service, String path) {
		return new ServedRequests(platform, service, path);
	}

	/**
	 * Returns the requests served up to now.
	 * @return the number of requests by instance, for each running instance
	 */
	public Map<String, Long> byInstance() {
		Map<String, Long> served = counts();
		served.replaceAll((instance, count) -> count - this.before.getOrDefault(instance, 0L));
		return served;
	}

	private Map<String, Long> counts() {
		return this.platform.instancesOf(this.service)
			.stream()
			.collect(Collectors.toMap(RunRecord::instance, this::count, Long::sum, TreeMap::new));
	}

	private long count(RunRecord instance) {
		return MetricsSnapshot.of(instance).count("http_server_requests_seconds_count", "uri=\"" + this.path);
	}

}
