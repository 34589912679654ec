package io.microplatform.instance.training;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;

/**
 * {@link SmartLifecycle} that makes the {@link TrainingCall training calls} after the web
 * server has started, and then ends the process. A failed call only makes the cache
 * smaller.
 */
final class TrainingRun implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(TrainingRun.class);

	/** The JVM also records the code that is executed often. */
	private static final int ROUNDS = 25;

	private static final Duration TIME = Duration.ofSeconds(45);

	/** The first call takes longest. */
	private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

	private final IntSupplier port;

	private final List<TrainingCall> calls;

	private final @Nullable TrainingIdentity identity;

	private final Runnable end;

	/**
	 * Creates a run.
	 * @param port returns the port of the web server
	 * @param calls the calls
	 * @param identity the identity of the calls, {@code null} for none
	 * @param end ends the process
	 */
	TrainingRun(IntSupplier port, List<TrainingCall> calls, @Nullable TrainingIdentity identity, Runnable end) {
		this.port = port;
		this.calls = calls;
		this.identity = identity;
		this.end = end;
	}

	@Override
	public void start() {
		try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			List<HttpRequest> requests = requests();
			long deadline = System.nanoTime() + TIME.toNanos();
			for (int round = 0; round < ROUNDS && System.nanoTime() - deadline < 0; round++) {
				for (HttpRequest request : requests) {
					http.send(request, BodyHandlers.discarding());
				}
			}
		}
		catch (IOException ex) {
			log.warn("Training ends early, because a call failed: {}", ex.toString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.end.run();
	}

	private List<HttpRequest> requests() {
		URI self = URI.create("http://127.0.0.1:" + this.port.getAsInt());
		List<HttpRequest> requests = new ArrayList<>();
		@Nullable String authorization = (this.identity != null) ? this.identity.authorization() : null;
		for (TrainingCall call : this.calls) {
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

	@Override
	public void stop() {
		// The process ends by itself.
	}

	@Override
	public boolean isRunning() {
		return false;
	}

	@Override
	public int getPhase() {
		return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE + 1;
	}

}
