package io.microplatform.instance.warmup;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;

/**
 * {@link SmartLifecycle} that sends requests to its own instance after the web server has
 * started, and before the instance consumes events and is ready. It does nothing if the
 * registry names no other instance of the service: a slow answer is then better than
 * none. A failure does not stop the start.
 */
final class WarmUp implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

	/** The first call takes longest. */
	private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

	private final String service;

	private final DiscoveryClient registry;

	private final Listening listening;

	private final List<WarmUpCall> calls;

	private final @Nullable WarmUpIdentity identity;

	private final WarmUpProperties properties;

	private volatile boolean isRunning;

	/**
	 * Creates a warm-up.
	 * @param service the name of the service in the registry
	 * @param registry names the other instances of the service
	 * @param listening where this instance listens, and from when on
	 * @param calls the calls
	 * @param identity the identity of the calls, {@code null} for none
	 * @param properties how often and for how long the calls are made
	 */
	WarmUp(String service, DiscoveryClient registry, Listening listening, List<WarmUpCall> calls,
			@Nullable WarmUpIdentity identity, WarmUpProperties properties) {
		this.service = service;
		this.registry = registry;
		this.listening = listening;
		this.calls = calls;
		this.identity = identity;
		this.properties = properties;
	}

	/** Returns after all rounds, or when the time is over. */
	@Override
	public void start() {
		this.isRunning = true;
		if (!this.registry.getInstances(this.service).isEmpty()) {
			call();
		}
	}

	@Override
	public void stop() {
		this.isRunning = false;
	}

	@Override
	public boolean isRunning() {
		return this.isRunning;
	}

	@Override
	public int getPhase() {
		return this.listening.phase();
	}

	/** Makes the calls, whether there are other instances or not. */
	void call() {
		int port = this.listening.port();
		long began = System.nanoTime();
		try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			int rounds = rounds(http, requests(port), began + this.properties.time().toNanos());
			log.info("Warmed up by {} calls to itself in {} ms", rounds * this.calls.size(),
					Duration.ofNanos(System.nanoTime() - began).toMillis());
		}
		catch (IOException ex) {
			log.warn("Not warmed up, a call to itself failed: {}", ex.toString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private int rounds(HttpClient http, List<HttpRequest> requests, long end) throws IOException, InterruptedException {
		int rounds = 0;
		while (rounds < this.properties.rounds() && System.nanoTime() - end < 0) {
			for (HttpRequest request : requests) {
				long sent = System.nanoTime();
				http.send(request, BodyHandlers.discarding());
				// Leaves half of the time to the instances that serve meanwhile.
				Thread.sleep(Duration.ofNanos(System.nanoTime() - sent));
			}
			rounds++;
		}
		return rounds;
	}

	private List<HttpRequest> requests(int port) {
		URI self = URI.create("http://127.0.0.1:" + port);
		List<HttpRequest> requests = new ArrayList<>();
		@Nullable String authorization = (this.identity != null) ? this.identity.authorization() : null;
		for (WarmUpCall call : this.calls) {
			HttpRequest.Builder request = HttpRequest.newBuilder(self.resolve(call.target()))
				.timeout(CALL_TIMEOUT)
				.method(call.method().name(), HttpRequest.BodyPublishers.ofString(call.body()));
			call.headers().forEach(request::header);
			if (authorization != null) {
				request.header(HttpHeaders.AUTHORIZATION, authorization);
			}
			requests.add(request.build());
		}
		return requests;
	}

}
