package io.microplatform.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/**
 * Serves the files of config-repo/ as the config server does, so that tests run with the
 * configuration that production runs with, or with one that differs. The documents of a
 * profile are served only to a gateway with exactly that profile.
 */
final class PublishedConfiguration implements AutoCloseable {

	private static final String PROFILE = "spring.config.activate.on-profile";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final HttpServer server;

	private volatile Version current = new Version("of-the-test", Map.of());

	PublishedConfiguration() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/api-gateway/", this::answer);
		this.server.start();
	}

	String uri() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/**
	 * Publishes a version.
	 * @param version its name
	 * @param changes the properties that differ from those of the files
	 */
	void publish(String version, Map<String, String> changes) {
		this.current = new Version(version, changes);
	}

	private void answer(HttpExchange exchange) throws IOException {
		String profiles = exchange.getRequestURI().getPath().split("/", -1)[2];
		Version version = this.current;
		List<Map<String, Object>> sources = new ArrayList<>();
		// The names of the config server contain the version as well.
		String prefix = version.name() + "/";
		sources.add(Map.of("name", prefix + "changes", "source", version.changes()));
		for (String file : List.of("api-gateway.yml", "application.yml")) {
			Path path = Path.of(System.getProperty("platform.root"), "config-repo", file);
			// The last document has precedence, and is served first.
			for (PropertySource<?> source : new YamlPropertySourceLoader().load(file, new FileSystemResource(path))
				.reversed()) {
				Object profile = source.getProperty(PROFILE);
				if (profile != null && !profile.toString().equals(profiles)) {
					continue;
				}
				Map<String, Object> values = new TreeMap<>();
				for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
					values.put(name, String.valueOf(source.getProperty(name)));
				}
				values.remove(PROFILE);
				sources.add(Map.of("name", prefix + source.getName(), "source", values));
			}
		}
		byte[] body = JSON
			.writeValueAsString(Map.of("name", "api-gateway", "profiles", List.of(profiles), "version", version.name(),
					"propertySources", sources))
			.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/** A version and the properties that differ from those of the files. */
	private record Version(String name, Map<String, String> changes) {

	}

}
