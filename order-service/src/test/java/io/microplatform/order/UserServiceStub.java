package io.microplatform.order;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Stub of user-service and the names of its users.
 */
final class UserServiceStub implements AutoCloseable {

	private final Map<Long, String> names = new ConcurrentHashMap<>();

	private final Queue<String> requests = new ConcurrentLinkedQueue<>();

	private final Semaphore slow = new Semaphore(0);

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final HttpServer server;

	private volatile Mode mode = Mode.ANSWERS;

	UserServiceStub() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/users/names", this::handle);
		this.server.start();
	}

	String uri() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	void name(long user, String name) {
		this.names.put(user, name);
	}

	/** Sets the answers to subsequent requests, and releases the pending ones. */
	void set(Mode next) {
		this.mode = next;
		this.slow.release(1000);
		this.slow.drainPermits();
		this.requests.clear();
	}

	/** Returns the queries and tokens of the requests since the last mode change. */
	Queue<String> requests() {
		return this.requests;
	}

	private void handle(HttpExchange exchange) throws IOException {
		String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
		this.requests.add(query + " " + exchange.getRequestHeaders().getFirst("Authorization"));
		if (this.mode == Mode.SLOW) {
			this.slow.acquireUninterruptibly();
		}
		byte[] body = "{\"items\":[%s]}".formatted(items(query)).getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders((this.mode == Mode.ERRS) ? 500 : 200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	private String items(String query) {
		return Stream.of(query.split("&", -1))
			.map((parameter) -> Long.valueOf(parameter.substring("id=".length())))
			.filter(this.names::containsKey)
			.map((id) -> "{\"id\":%s,\"name\":\"%s\"}".formatted(id, this.names.get(id)))
			.collect(Collectors.joining(","));
	}

	@Override
	public void close() {
		set(Mode.ANSWERS);
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/** The behaviour of the stub. */
	enum Mode {

		ANSWERS, ERRS, SLOW

	}

}
