package io.microplatform.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An instance of a service that remembers what it was asked, and misbehaves on request.
 */
final class Upstream implements AutoCloseable {

	private static final String AT_WORK = "/users/at-work";

	private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private final HttpServer server;

	private final AtomicInteger looksAtWork = new AtomicInteger();

	private CountDownLatch hanging = new CountDownLatch(1);

	private volatile String misbehaviour = "";

	Upstream() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.executor);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	/**
	 * Returns what arrived since the last call.
	 * @return the requests in their order
	 */
	List<Request> takeRequests() {
		List<Request> taken = new ArrayList<>();
		this.requests.drainTo(taken);
		return taken;
	}

	/** From now on, whatever path is asked for, it does what it does at this one. */
	void alwaysAnswerAsFor(String path) {
		this.misbehaviour = path;
	}

	/** The next so many requests are told that their twin is at work. */
	void isAtWork(int looks) {
		this.looksAtWork.set(looks);
	}

	void release() {
		this.hanging.countDown();
		this.hanging = new CountDownLatch(1);
	}

	private void answer(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		this.requests.add(new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
				exchange.getRequestHeaders(), body.length));
		String path = this.misbehaviour.isEmpty() ? exchange.getRequestURI().getPath() : this.misbehaviour;
		if (this.looksAtWork.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
			path = AT_WORK;
		}
		switch (path) {
			case AT_WORK -> {
				exchange.getResponseHeaders().set("Retry-After", "1");
				send(exchange, 409, "application/problem+json", "{\"type\":\"/problems/request-in-progress\"}");
			}
			case "/users/hang", "/orders/hang" -> hang();
			case "/users/hang-half-way" -> {
				exchange.sendResponseHeaders(200, 100);
				exchange.getResponseBody().write('x');
				exchange.getResponseBody().flush();
				hang();
			}
			case "/users/break-off" -> exchange.close();
			case "/users/taken" ->
				send(exchange, 409, "application/problem+json", "{\"type\":\"/problems/email-taken\"}");
			case "/users/busy" ->
				send(exchange, 503, "application/problem+json", "{\"type\":\"/problems/unavailable\"}");
			case "/users/broken" ->
				send(exchange, 500, "application/problem+json", "{\"type\":\"/problems/internal\"}");
			case "/users/chunked" -> {
				exchange.getResponseHeaders().set("Content-Type", "application/json");
				exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("HEAD") ? -1 : 0);
				for (int i = 0; i < 3 && !exchange.getRequestMethod().equals("HEAD"); i++) {
					exchange.getResponseBody().write("{\"id\":7}".getBytes(StandardCharsets.UTF_8));
					exchange.getResponseBody().flush();
				}
			}
			case "/users/empty" -> exchange.sendResponseHeaders(200, -1);
			case "/users/no-content" -> exchange.sendResponseHeaders(204, -1);
			case "/users/not-modified" -> exchange.sendResponseHeaders(304, -1);
			default -> {
				exchange.getResponseHeaders().set("Location", "/users/7");
				exchange.getResponseHeaders().set("Server", "a-server/1.0");
				exchange.getResponseHeaders().set("X-Powered-By", "a-framework");
				send(exchange, 201, "application/json", "{\"id\":7}");
			}
		}
		exchange.close();
	}

	private void hang() {
		try {
			this.hanging.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		boolean head = exchange.getRequestMethod().equals("HEAD");
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
		if (!head) {
			exchange.getResponseBody().write(bytes);
		}
	}

	@Override
	public void close() {
		release();
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	/**
	 * What arrived.
	 *
	 * @param method as it arrived
	 * @param target path and query, as they arrived
	 * @param headers as they arrived
	 * @param bodySize in bytes
	 */
	record Request(String method, String target, Headers headers, int bodySize) {

	}

}
