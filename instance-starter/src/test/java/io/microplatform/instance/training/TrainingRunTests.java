package io.microplatform.instance.training;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

class TrainingRunTests {

	private static final TrainingCall READING = TrainingCall.get("/orders?limit=1");

	private static final TrainingCall WRITING = new TrainingCall(HttpMethod.POST, "/orders",
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
	void eachCallIsMadeManyTimesAndThenTheProcessEnds() {
		run(null);
		assertThat(this.calls).hasSize(50).startsWith("GET /orders?limit=1 null null ", "POST /orders warm null {}");
	}

	@Test
	void callsHaveTheIdentity() {
		run(() -> "Bearer me");
		assertThat(this.calls).startsWith("GET /orders?limit=1 null Bearer me ", "POST /orders warm Bearer me {}");
	}

	@Test
	void aFailedCallEndsTheProcessToo() {
		this.server.stop(0);
		run(null);
		assertThat(this.calls).isEmpty();
	}

	private void run(@Nullable TrainingIdentity identity) {
		AtomicInteger ends = new AtomicInteger();
		new TrainingRun(() -> this.server.getAddress().getPort(), List.of(READING, WRITING), identity,
				ends::incrementAndGet)
			.start();
		assertThat(ends).hasValue(1);
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.calls.add("%s %s %s %s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI(),
				exchange.getRequestHeaders().getFirst("Idempotency-Key"),
				exchange.getRequestHeaders().getFirst("Authorization"),
				new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
		exchange.sendResponseHeaders(422, -1);
		exchange.close();
	}

}
