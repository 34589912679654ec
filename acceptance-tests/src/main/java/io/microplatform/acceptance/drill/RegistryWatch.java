package io.microplatform.acceptance.drill;

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

import io.microplatform.acceptance.platform.RunningPlatform;
import io.microplatform.local.process.RunRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks at the registry all the time, to see whether somebody is missing who should be
 * there.
 */
final class RegistryWatch implements AutoCloseable {

	private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

	private final Set<String> missed = new ConcurrentSkipListSet<>();

	private final CountDownLatch end = new CountDownLatch(1);

	private final HttpClient http = HttpClient.newHttpClient();

	private final HttpRequest question;

	private final Set<String> expected;

	private final Thread looking;

	/**
	 * Begins to watch.
	 * @param platform whose registry
	 * @param instances who should be there
	 */
	RegistryWatch(RunningPlatform platform, Collection<RunRecord> instances) {
		String credentials = "platform:" + platform.secret("PLATFORM_DISCOVERY_PASSWORD");
		this.question = HttpRequest.newBuilder(URI.create(platform.the(Field.REGISTRY).url() + "/eureka/apps"))
			.header("Accept", "application/json")
			.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
			.timeout(Duration.ofSeconds(5))
			.build();
		this.expected = new TreeSet<>();
		instances.forEach(
				(instance) -> this.expected.add(String.format(Locale.ROOT, "%s:%d", instance.name(), instance.port())));
		this.looking = Thread.ofPlatform().daemon().name("registry-watch").start(this::look);
	}

	private void look() {
		try {
			do {
				Set<String> missing = new TreeSet<>(this.expected);
				missing.removeAll(up());
				this.missed.addAll(missing);
			}
			while (!this.end.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (IOException ex) {
			this.missed.add("the registry itself: " + ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Set<String> up() throws IOException, InterruptedException {
		HttpResponse<String> answer = this.http.send(this.question, BodyHandlers.ofString());
		Set<String> up = new TreeSet<>();
		for (JsonNode application : JsonMapper.shared()
			.readTree(answer.body())
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
	 * Ends to watch.
	 * @return who was missing at any time
	 */
	Set<String> missed() {
		close();
		return Set.copyOf(this.missed);
	}

	@Override
	public void close() {
		this.end.countDown();
		try {
			this.looking.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.http.close();
	}

}
