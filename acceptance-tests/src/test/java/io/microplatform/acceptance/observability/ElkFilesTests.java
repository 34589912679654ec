package io.microplatform.acceptance.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.microplatform.acceptance.fixture.Installed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests the files in {@code observability/elk}, and the documents that rsyslog creates
 * from example lines.
 */
@Execution(ExecutionMode.CONCURRENT)
class ElkFilesTests {

	private static final Path FILES = Path.of(Objects.requireNonNull(System.getProperty("platform.root")))
		.resolve("observability/elk");

	private static final Duration SHIPPED_WITHIN = Duration.ofSeconds(20);

	private static final String RSYSLOG = "io.microplatform.acceptance.fixture.Installed#rsyslog";

	@TempDir
	private Path directory;

	@Test
	void everyFileIsWellFormed() throws IOException {
		for (Path file : files(FILES, "")) {
			String name = file.toString();
			String text = Files.readString(file);
			if (name.endsWith(".json")) {
				assertThat(JsonMapper.shared().readTree(text).isContainer()).as(name).isTrue();
			}
			else if (name.endsWith(".ndjson")) {
				assertThat(text.lines()).as(name)
					.isNotEmpty()
					.allMatch((line) -> JsonMapper.shared().readTree(line).isObject());
			}
			else if (name.endsWith(".yml")) {
				Iterable<Object> documents = new Yaml().loadAll(text);
				assertThat(documents).as(name).isNotEmpty();
			}
		}
	}

	@Test
	void savedObjectsReferToEachOther() throws IOException {
		List<JsonNode> objects = Files.readAllLines(FILES.resolve("kibana/saved-objects.ndjson"))
			.stream()
			.map((line) -> JsonMapper.shared().readTree(line))
			.toList();
		List<String> ids = objects.stream().map((object) -> object.path("id").asString("")).toList();
		assertThat(objects).extracting((object) -> object.path("type").asString(""))
			.contains("index-pattern", "search", "dashboard");
		assertThat(objects.stream().flatMap((object) -> object.path("references").valueStream()))
			.allSatisfy((reference) -> assertThat(ids).contains(reference.path("id").asString("")));
	}

	@Test
	@EnabledIf(RSYSLOG)
	void theConfigurationIsValid() throws IOException, InterruptedException {
		Process process = rsyslogd(19200, "-N1");
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
	}

	@Test
	@EnabledIf(RSYSLOG)
	void theExamplesBecomeTheExpectedDocuments() throws IOException {
		Map<String, List<JsonNode>> received = new ConcurrentHashMap<>();
		Files.createDirectories(this.directory.resolve("logs"));
		for (Path example : files(FILES.resolve("examples"), ".log")) {
			Files.copy(example, this.directory.resolve("logs").resolve(example.getFileName()));
		}
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> answer(exchange, received));
		server.start();
		Process process = rsyslogd(server.getAddress().getPort(), "-n", "-i",
				this.directory.resolve("rsyslogd.pid").toString());
		try {
			for (Path example : files(FILES.resolve("examples"), ".log")) {
				String instance = example.getFileName().toString().replace(".log", "");
				List<JsonNode> expected = JsonMapper.shared()
					.readTree(Files.readString(example.resolveSibling(instance + ".json")))
					.valueStream()
					.toList();
				await(instance).atMost(SHIPPED_WITHIN)
					.untilAsserted(() -> assertThat(without(expected, received.getOrDefault(instance, List.of())))
						.isEqualTo(expected));
			}
		}
		finally {
			process.destroy();
			// Its work directory is deleted after the test.
			process.onExit().join();
			server.stop(0);
		}
	}

	/** Removes the time of reading, which no example expects. */
	private static List<JsonNode> without(List<JsonNode> expected, List<JsonNode> documents) {
		List<JsonNode> compared = new ArrayList<>();
		for (int i = 0; i < documents.size(); i++) {
			ObjectNode document = (ObjectNode) documents.get(i).deepCopy();
			if (i < expected.size() && !expected.get(i).has("@timestamp")) {
				document.remove("@timestamp");
			}
			compared.add(document);
		}
		return compared;
	}

	/** Accepts each document of a bulk request, and records it by instance. */
	private static void answer(HttpExchange exchange, Map<String, List<JsonNode>> received) throws IOException {
		Iterator<JsonNode> lines = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).lines()
			.filter((line) -> !line.isBlank())
			.map((line) -> JsonMapper.shared().readTree(line))
			.toList()
			.iterator();
		List<String> items = new ArrayList<>();
		while (lines.hasNext()) {
			String id = lines.next().at("/index/_id").asString("");
			JsonNode document = lines.next();
			received.computeIfAbsent(id.replaceAll("-\\d+--?\\d+$", ""), (instance) -> new CopyOnWriteArrayList<>())
				.add(document);
			items.add("{\"index\":{\"status\":201}}");
		}
		byte[] body = "{\"errors\":false,\"items\":[%s]}".formatted(String.join(",", items))
			.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		try (exchange) {
			exchange.getResponseBody().write(body);
		}
	}

	private Process rsyslogd(int port, String... options) throws IOException {
		Path work = Files.createDirectories(this.directory.resolve("work"));
		Path configuration = Files.writeString(this.directory.resolve("rsyslog.conf"),
				Files.readString(FILES.resolve("rsyslog.conf"))
					.replace("@LOGS@", this.directory.resolve("logs").toString())
					.replace("@WORK@", work.toString())
					.replace("127.0.0.1:19200", String.format(Locale.ROOT, "127.0.0.1:%d", port)));
		List<String> command = new ArrayList<>(
				List.of(Installed.program("rsyslogd").orElseThrow().toString(), "-f", configuration.toString()));
		command.addAll(List.of(options));
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

	private static List<Path> files(Path folder, String extension) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> Files.isRegularFile(file) && file.toString().endsWith(extension))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
