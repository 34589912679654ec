package io.microplatform.acceptance.container;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.microplatform.acceptance.fixture.ComposeFile;
import io.microplatform.lab.platform.RemotePlatform;
import io.microplatform.local.process.Ports;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The platform of {@code compose.yaml} in containers, with its stores published. The file
 * is run as it is, except for what this version of docker-compose does not know, the
 * profiles, and the directories of the configuration and the secrets.
 */
final class ContainerPlatform implements AutoCloseable {

	private static final String PROJECT = "microplatform-test";

	/** Fixed, because the broker tells it its clients. */
	private static final int KAFKA_PORT = 19092;

	private static final Duration UP_WITHIN = Duration.ofMinutes(8);

	private final ContainerEngine engine;

	private final Path root;

	private final Path file;

	private final Path secrets;

	private final int gatewayPort;

	private final int databasePort;

	ContainerPlatform(ContainerEngine engine, Path root, Path directory, Path configuration, Path secrets)
			throws IOException {
		this.engine = engine;
		this.root = root;
		this.secrets = secrets;
		List<Integer> ports = Ports.free(2);
		this.gatewayPort = ports.getFirst();
		this.databasePort = ports.getLast();
		this.file = Files.writeString(directory.resolve("compose.json"), content(configuration).toString());
	}

	private ObjectNode content(Path configuration) {
		ObjectNode content = ComposeFile.read(this.root.resolve("compose.yaml")).content();
		ComposeFile stores = ComposeFile.read(this.root.resolve("deploy/compose.stores.yaml"));
		content.remove("name");
		ObjectNode services = (ObjectNode) content.path("services");
		for (String name : List.copyOf(services.propertyNames())) {
			ObjectNode service = (ObjectNode) services.path(name);
			if (service.has("profiles")) {
				services.remove(name);
				continue;
			}
			// Podman has no such driver, and docker-compose 1.29 no such interval.
			service.remove("logging");
			if (service.path("healthcheck") instanceof ObjectNode check) {
				check.remove("start_interval");
			}
			stores.service(name).properties().forEach((key) -> service.set(key.getKey(), key.getValue()));
		}
		// Podman adds this option to networks, and docker-compose compares it with the
		// file.
		((ObjectNode) content.path("networks").path("platform").path("ipam")).putObject("options")
			.put("driver", "host-local");
		((ObjectNode) services.path("postgresql")).set("ports",
				list(String.format(Locale.ROOT, "127.0.0.1:%d:5432", this.databasePort)));
		((ObjectNode) services.path("api-gateway")).set("ports",
				list(String.format(Locale.ROOT, "127.0.0.1:%d:8080", this.gatewayPort)));
		((ObjectNode) services.path("config-server")).set("volumes",
				list(configuration + ":/config-repo:ro", "snapshots:/snapshots", "logs:/logs"));
		content.path("secrets")
			.properties()
			.forEach((secret) -> ((ObjectNode) secret.getValue()).put("file",
					this.secrets.resolve(secret.getKey()).toString()));
		return content;
	}

	private static JsonNode list(String... values) {
		var list = JsonNodeFactory.instance.arrayNode();
		Stream.of(values).forEach(list::add);
		return list;
	}

	void up(String... arguments) {
		compose(Stream.concat(Stream.of("up", "-d"), Stream.of(arguments)).toArray(String[]::new));
	}

	String compose(String... arguments) {
		List<String> command = new ArrayList<>(List.of("docker-compose", "--project-directory", this.root.toString(),
				"--project-name", PROJECT, "-f", this.file.toString()));
		command.addAll(List.of(arguments));
		return this.engine.run(UP_WITHIN, command.toArray(String[]::new));
	}

	String url() {
		return String.format(Locale.ROOT, "http://127.0.0.1:%d", this.gatewayPort);
	}

	String database() {
		return String.format(Locale.ROOT, "127.0.0.1:%d", this.databasePort);
	}

	String kafka() {
		return String.format(Locale.ROOT, "127.0.0.1:%d", KAFKA_PORT);
	}

	RemotePlatform asClient() {
		return RemotePlatform.of(url(), database(), kafka(), this.secrets);
	}

	/** The ids of the containers of a service that run. */
	List<String> containers(String service) {
		return this.engine
			.podman("ps", "--quiet", "--filter", "label=com.docker.compose.project=" + PROJECT, "--filter",
					"label=com.docker.compose.service=" + service)
			.lines()
			.toList();
	}

	boolean isHealthy(String container) {
		return inspect(container, "{{.State.Health.Status}}").equals("healthy");
	}

	long pid(String container) {
		return Long.parseLong(inspect(container, "{{.State.Pid}}"));
	}

	private String inspect(String container, String format) {
		return this.engine.podman("inspect", "--format", format, container).strip();
	}

	/**
	 * The requests that a business service has answered for clients, by its own count.
	 * The host reaches the management port through the bridge of the internal network.
	 */
	long served(String container) {
		String address = inspect(container, "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}");
		for (String candidate : address.split(" ", -1)) {
			if (candidate.startsWith("172.28.77.")) {
				return requests("http://%s:8201/actuator/prometheus".formatted(candidate));
			}
		}
		throw new IllegalStateException(
				"%s has no address in the network of the platform: %s".formatted(container, address));
	}

	private static long requests(String url) {
		try (HttpClient client = HttpClient.newHttpClient()) {
			String metrics = client
				.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
				.body();
			return metrics.lines()
				.filter((line) -> line.startsWith("http_server_requests_seconds_count")
						&& line.contains("uri=\"/orders"))
				.mapToLong((line) -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
				.sum();
		}
		catch (IOException ex) {
			return 0;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	@Override
	public void close() {
		compose("down", "--volumes", "--timeout", "40");
	}

}
