package io.microplatform.lab.drill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.microplatform.lab.platform.RunningPlatform;
import io.microplatform.local.process.RunRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Monitor that polls the registry and records expected instances that are not UP.
 */
final class RegistryMonitor implements AutoCloseable {

	private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

	private final Set<String> missing = new ConcurrentSkipListSet<>();

	private final CountDownLatch end = new CountDownLatch(1);

	private final HttpClient http = HttpClient.newHttpClient();

	private final HttpRequest request;

	private final Set<String> expected;

	private final Thread poller;

	/**
	 * Starts to poll.
	 * @param platform the platform whose registry to poll
	 * @param instances the instances that must be UP
	 */
	RegistryMonitor(RunningPlatform platform, Collection<RunRecord> instances) {
		String credentials = "platform:" + platform.secret("PLATFORM_DISCOVERY_PASSWORD");
		this.request = HttpRequest
			.newBuilder(URI.create(platform.recordOf(DrillContext.REGISTRY).url() + "/eureka/apps"))
			.header("Accept", "application/json")
			.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
			.timeout(Duration.ofSeconds(5))
			.build();
		this.expected = new TreeSet<>();
		instances.forEach(
				(instance) -> this.expected.add(String.format(Locale.ROOT, "%s:%d", instance.name(), instance.port())));
		this.poller = Thread.ofPlatform().daemon().name("registry-monitor").start(this::poll);
	}

	private void poll() {
		try {
			do {
				Set<String> notUp = new TreeSet<>(this.expected);
				notUp.removeAll(up());
				this.missing.addAll(notUp);
			}
			while (!this.end.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (IOException ex) {
			this.missing.add("the registry itself: " + ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Set<String> up() throws IOException, InterruptedException {
		HttpResponse<String> response = this.http.send(this.request, BodyHandlers.ofString());
		Set<String> up = new TreeSet<>();
		for (JsonNode application : JsonMapper.shared()
			.readTree(response.body())
			.path("applications")
			.path("application")) {
			for (JsonNode instance : application.path("instance")) {
				if (instance.path("status").stringValue("").equals("UP")) {
					up.add(instance.path("instanceId").stringValue(""));
				}
			}
		}
		return up;
	}

	/**
	 * Stops polling.
	 * @return the instances that were missing in at least one poll
	 */
	Set<String> missing() {
		close();
		return Set.copyOf(this.missing);
	}

	@Override
	public void close() {
		this.end.countDown();
		try {
			this.poller.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.http.close();
	}

}
