package io.microplatform.config.rollout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.microplatform.instance.configuration.ConfigurationReport;
import io.microplatform.instance.configuration.ConfigurationReport.Result;
import io.microplatform.instance.configuration.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;

/**
 * An HTTP server that answers as an instance does.
 */
final class StandInInstance implements AutoCloseable {

	private final String service;

	private final Supplier<String> published;

	private final HttpServer server;

	/** Versions that it refuses when it validates them. */
	private final Set<String> bad = new CopyOnWriteArraySet<>();

	/** Versions that it refuses although it has found them valid. */
	private final Set<String> secretlyBad = new CopyOnWriteArraySet<>();

	private final AtomicBoolean unavailable = new AtomicBoolean();

	private final Set<String> unknown = new CopyOnWriteArraySet<>();

	private final List<String> applied = new CopyOnWriteArrayList<>();

	private volatile String version;

	StandInInstance(String service, String version, Supplier<String> published) throws IOException {
		this.service = service;
		this.version = version;
		this.published = published;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/actuator/configuration", this::answer);
		this.server.start();
	}

	void refusesToValidate(String bad) {
		this.bad.add(bad);
	}

	void refusesToApply(String bad) {
		this.secretlyBad.add(bad);
	}

	/** Once, when it is to apply a version. */
	void isUnavailable() {
		this.unavailable.set(true);
	}

	void knowsNot(String property) {
		this.unknown.add(property);
	}

	String version() {
		return this.version;
	}

	/** All versions that it applied, in this order. */
	List<String> applied() {
		return this.applied;
	}

	String service() {
		return this.service;
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
		boolean isKnown = question.path("password").stringValue("").equals(RolloutTests.PASSWORD);
		boolean isValidation = question.has("version");
		if (!isValidation && this.unavailable.compareAndSet(true, false)) {
			exchange.sendResponseHeaders(503, -1);
		}
		else {
			byte[] body = JsonMapper.shared()
				.writeValueAsBytes(isValidation ? validate(question.path("version").stringValue("")) : apply());
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.sendResponseHeaders(isKnown ? 200 : 401, body.length);
			exchange.getResponseBody().write(body);
		}
		exchange.close();
	}

	private ConfigurationReport validate(String wanted) {
		return this.bad.contains(wanted) ? refusal(wanted) : new ConfigurationReport(Result.ACCEPTABLE, this.version,
				wanted, Set.of("a"), List.of(), this.unknown, "local");
	}

	private ConfigurationReport apply() {
		String from = this.version;
		String to = this.published.get();
		if (this.secretlyBad.contains(to)) {
			return refusal(to);
		}
		this.version = to;
		this.applied.add(to);
		return new ConfigurationReport(from.equals(to) ? Result.UNCHANGED : Result.TAKEN, from, to, Set.of("a"),
				List.of(), Set.of(), "local");
	}

	private ConfigurationReport refusal(String wanted) {
		return new ConfigurationReport(Result.REFUSED, this.version, wanted, Set.of(),
				List.of(new Problem("a", "is bad for " + this.service)), Set.of(), "local");
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
