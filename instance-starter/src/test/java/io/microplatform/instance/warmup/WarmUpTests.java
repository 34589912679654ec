package io.microplatform.instance.warmup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

class WarmUpTests {

	private static final String SERVICE = "order-service";

	private static final WarmUpCall READING = WarmUpCall.get("/orders?limit=1");

	private static final WarmUpCall WRITING = new WarmUpCall(HttpMethod.POST, "/orders",
			Map.of("Idempotency-Key", "warm"), "{}");

	private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

	@SuppressWarnings("NullAway.Init") // made before each test
	private HttpServer server;

	@BeforeEach
	void listen() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void whoJoinsOthersCallsItselfAgainAndAgain() {
		warmUp(SERVICE, null, new WarmUpProperties(2, Duration.ofMinutes(1)));
		assertThat(this.calls).containsExactly("GET /orders?limit=1 null null ", "POST /orders warm null {}",
				"GET /orders?limit=1 null null ", "POST /orders warm null {}");
	}

	@Test
	void itSaysWhoItIs() {
		warmUp(SERVICE, () -> "Bearer me", new WarmUpProperties(1, Duration.ofMinutes(1)));
		assertThat(this.calls).containsExactly("GET /orders?limit=1 null Bearer me ", "POST /orders warm Bearer me {}");
	}

	@Test
	void whoIsAloneDoesNotMakeAnybodyWait() {
		warmUp("user-service", null, new WarmUpProperties(2, Duration.ofMinutes(1)));
		assertThat(this.calls).isEmpty();
	}

	@Test
	void itEndsWhenItsTimeIsOver() {
		warmUp(SERVICE, null, new WarmUpProperties(10, Duration.ZERO));
		assertThat(this.calls).isEmpty();
	}

	@Test
	void whatGoesWrongIsNoReasonNotToStart() {
		this.server.stop(0);
		warmUp(SERVICE, null, new WarmUpProperties(2, Duration.ofMinutes(1)));
		assertThat(this.calls).isEmpty();
	}

	private void warmUp(String registered, @Nullable WarmUpIdentity identity, WarmUpProperties properties) {
		new WarmUp(SERVICE, new Registry(registered), new At(this.server.getAddress().getPort()),
				List.of(READING, WRITING), identity, properties)
			.start();
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.calls.add("%s %s %s %s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI(),
				exchange.getRequestHeaders().getFirst("Idempotency-Key"),
				exchange.getRequestHeaders().getFirst("Authorization"),
				new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
		exchange.sendResponseHeaders(422, -1);
		exchange.close();
	}

	private record At(int port) implements Listening {

		@Override
		public int phase() {
			return 0;
		}

	}

	/** Knows one instance of one service. */
	private record Registry(String service) implements DiscoveryClient {

		@Override
		public String description() {
			return "";
		}

		@Override
		public List<ServiceInstance> getInstances(String name) {
			return name.equals(this.service) ? List.of(new DefaultServiceInstance("other", name, "127.0.0.1", 1, false))
					: List.of();
		}

		@Override
		public List<String> getServices() {
			return List.of(this.service);
		}

	}

}
