package io.microplatform.config.refresh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.microplatform.instance.configuration.Problem;
import io.microplatform.instance.configuration.Report;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;

/**
 * Answers as an instance does, over HTTP, without being one.
 */
final class StandInInstance implements AutoCloseable {

	private final String service;

	private final Supplier<String> published;

	private final HttpServer server;

	/** What it would refuse when it is asked whether it would take it. */
	private final Set<String> bad = new CopyOnWriteArraySet<>();

	/** What it refuses although it has said that it would take it. */
	private final Set<String> secretlyBad = new CopyOnWriteArraySet<>();

	private final Set<String> unknown = new CopyOnWriteArraySet<>();

	private final List<String> taken = new CopyOnWriteArrayList<>();

	private volatile String version;

	StandInInstance(String service, String version, Supplier<String> published) throws IOException {
		this.service = service;
		this.version = version;
		this.published = published;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/actuator/configuration", this::answer);
		this.server.start();
	}

	void refusesToCheck(String bad) {
		this.bad.add(bad);
	}

	void refusesToTake(String bad) {
		this.secretlyBad.add(bad);
	}

	void knowsNot(String property) {
		this.unknown.add(property);
	}

	String version() {
		return this.version;
	}

	/** All that it took, in this order. */
	List<String> taken() {
		return this.taken;
	}

	String id() {
		return this.service + ":" + this.server.getAddress().getPort();
	}

	ServiceInstance registered() {
		return new DefaultServiceInstance(id(), this.service, "127.0.0.1", this.server.getAddress().getPort(), false,
				Map.of("config-version", this.version, "pid", "1"));
	}

	private void answer(HttpExchange exchange) throws IOException {
		JsonNode question = JsonMapper.shared().readTree(exchange.getRequestBody());
		boolean isKnown = question.path("password").stringValue("").equals(RefreshesTests.PASSWORD);
		boolean isCheck = question.has("version");
		byte[] body = JsonMapper.shared()
			.writeValueAsBytes(isCheck ? check(question.path("version").stringValue("")) : take());
		exchange.sendResponseHeaders(isKnown ? 200 : 401, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	private Report check(String wanted) {
		return this.bad.contains(wanted) ? refusal(wanted) : new Report(Report.Result.ACCEPTABLE, this.version, wanted,
				Set.of("a"), List.of(), this.unknown, "local");
	}

	Report take() {
		String from = this.version;
		String to = this.published.get();
		if (this.secretlyBad.contains(to)) {
			return refusal(to);
		}
		this.version = to;
		this.taken.add(to);
		return new Report(from.equals(to) ? Report.Result.UNCHANGED : Report.Result.TAKEN, from, to, Set.of("a"),
				List.of(), Set.of(), "local");
	}

	private Report refusal(String wanted) {
		return new Report(Report.Result.REFUSED, this.version, wanted, Set.of(),
				List.of(new Problem("a", "is bad for " + this.service)), Set.of(), "local");
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
