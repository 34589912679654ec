package io.microplatform.lab.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.RunningPlatform;

/**
 * Registration of a server that is not part of the platform in the platform's registry.
 * Renewed by heartbeats until it is closed. It has no metadata, so the config server does
 * not take the server for an instance to configure. Thread-safe.
 */
final class StubRegistration implements AutoCloseable {

	/** The name of the service, as it is used in the URI of a route. */
	static final String SERVICE = "bench-stub";

	private static final Duration HEARTBEAT = Duration.ofSeconds(5);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(TIMEOUT)
		.build();

	private final ScheduledExecutorService heartbeats = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("stub-heartbeats").factory());

	private final String application;

	private final String instance;

	private final String authorization;

	private StubRegistration(RunningPlatform platform, int port) {
		this.application = platform.recordOf("discovery-server").url() + "/eureka/apps/"
				+ SERVICE.toUpperCase(Locale.ROOT);
		this.instance = String.format(Locale.ROOT, "%s:%d", SERVICE, port);
		String credentials = "platform:" + platform.secret("PLATFORM_DISCOVERY_PASSWORD");
		this.authorization = "Basic "
				+ Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Registers a server.
	 * @param platform the platform
	 * @param port the port of the server at 127.0.0.1
	 * @return the registration, which the caller closes
	 * @throws PlatformFailedException if the registry does not accept it
	 */
	static StubRegistration open(RunningPlatform platform, int port) {
		StubRegistration registration = new StubRegistration(platform, port);
		registration.send("POST", registration.application, BodyPublishers.ofString(registration.body(port)), 204);
		var _ = registration.heartbeats.scheduleWithFixedDelay(registration::renew, HEARTBEAT.toMillis(),
				HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
		return registration;
	}

	private String body(int port) {
		return String.format(Locale.ROOT, """
				{"instance": {"instanceId": "%s", "hostName": "127.0.0.1", "status": "UP", "ipAddr": "127.0.0.1",
				 "app": "%s", "vipAddress": "%s", "port": {"$": %d, "@enabled": true}, "dataCenterInfo":
				 {"name": "MyOwn", "@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo"}}}
				""", this.instance, SERVICE.toUpperCase(Locale.ROOT), SERVICE, port);
	}

	private void renew() {
		try {
			send("PUT", instanceUrl(), BodyPublishers.noBody(), 200);
		}
		catch (PlatformFailedException ex) {
			// An exception would end the schedule. The lease lasts for several
			// heartbeats.
		}
	}

	private String instanceUrl() {
		return this.application + "/" + this.instance;
	}

	private void send(String method, String url, BodyPublisher body, int expected) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url))
			.timeout(TIMEOUT)
			.header("Authorization", this.authorization)
			.header("Content-Type", "application/json")
			.method(method, body)
			.build();
		try {
			int status = this.http.send(request, BodyHandlers.discarding()).statusCode();
			if (status != expected) {
				throw new PlatformFailedException(
						String.format(Locale.ROOT, "the registry answered %d to %s %s", status, method, url), null);
			}
		}
		catch (IOException ex) {
			throw new PlatformFailedException("the registry did not answer to %s %s".formatted(method, url), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted during %s %s".formatted(method, url), ex);
		}
	}

	/**
	 * Deregisters the server.
	 * @throws PlatformFailedException if the registry does not answer
	 */
	@Override
	public void close() {
		this.heartbeats.shutdownNow();
		try {
			send("DELETE", instanceUrl(), BodyPublishers.noBody(), 200);
		}
		finally {
			this.http.shutdownNow();
		}
	}

}
