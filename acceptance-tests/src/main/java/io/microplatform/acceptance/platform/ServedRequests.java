package io.microplatform.acceptance.platform;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.microplatform.local.process.RunRecord;

/**
 * Which instance of a service has answered how many requests since this was made. An
 * operator sees the same on each instance's management port; clients cannot tell.
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
	 * Begins to count.
	 * @param platform the platform
	 * @param service whose instances
	 * @param path how the paths of the requests begin
	 * @return none yet
	 */
	public static ServedRequests from(RunningPlatform platform, String service, String path) {
		return new ServedRequests(platform, service, path);
	}

	/**
	 * Counts.
	 * @return the requests by instance, for each that runs now
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
		return Metrics.of(instance).count("http_server_requests_seconds_count", "uri=\"" + this.path);
	}

}
