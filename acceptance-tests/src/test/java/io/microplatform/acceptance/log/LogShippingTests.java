package io.microplatform.acceptance.log;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.load.Load;
import io.microplatform.lab.load.SimulatedUsers;
import io.microplatform.lab.platform.ConfigRepository;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.local.process.Await;
import io.microplatform.local.process.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that each line that an instance has written is found in Elasticsearch exactly
 * once, even if every process on its way is killed and the files are rolled.
 */
@FullRun
@EnabledIf("io.microplatform.acceptance.fixture.Installed#rsyslog")
class LogShippingTests {

	private static final List<String> INSTANCES = List.of("api-gateway", "config-server", "discovery-server",
			"order-service-1", "user-service-1");

	private static final String ORDER = "order-service-1";

	private static final String SHIPPER = "log-shipper";

	private static final String ELASTICSEARCH = "elasticsearch";

	private static final int CALLS_PER_SECOND = 40;

	/** Logback checks the size of a file once a minute. */
	private static final Duration ROLLED_WITHIN = Duration.ofMinutes(5);

	private static final Duration STOPPED_WITHIN = Duration.ofSeconds(15);

	/** Longer than the shipper waits for a response. */
	private static final Duration PAUSE = Duration.ofSeconds(40);

	private static final Duration SHIPPED_WITHIN = Duration.ofMinutes(2);

	@TempDir
	private Path directory;

	@Test
	void everyLineArrivesOnce() throws IOException {
		Path root = Path.of(Objects.requireNonNull(System.getProperty("platform.root"))).toAbsolutePath();
		ConfigRepository configuration = ConfigRepository.copyOf(root, this.directory.resolve("configuration"));
		configuration.change("application", Map.of("logging.logback.rollingpolicy.max-file-size", "20KB"));
		try (PrivatePlatform platform = PrivatePlatform.start(root, this.directory.resolve("state"),
				Map.of(PrivatePlatform.CONFIG_REPO, configuration.directory().toString()), "--with", "elk")) {
			SimulatedUsers users = SimulatedUsers.signUp(platform.guest(), 5);
			try (Load load = Load.start(users.buying(1), CALLS_PER_SECOND, Duration.ofHours(1))) {
				disturb(platform);
				await().atMost(ROLLED_WITHIN).until(() -> files(platform, ORDER).size() > 1);
				disturb(platform);
				load.stop();
			}
			await().atMost(SHIPPED_WITHIN)
				.untilAsserted(() -> assertThat(shipped(platform)).isEqualTo(written(platform)));
		}
	}

	private static void disturb(PrivatePlatform platform) {
		platform.process(ELASTICSEARCH).kill();
		platform.process("order-service").kill();
		platform.up();
		platform.process(SHIPPER).kill();
		platform.up();
		platform.process(SHIPPER).stop(Signal.TERM, STOPPED_WITHIN);
		platform.up();
		platform.process(ELASTICSEARCH).pause();
		Await.until(PAUSE, () -> false);
		platform.process(ELASTICSEARCH).resume();
	}

	private static Map<String, Long> written(PrivatePlatform platform) throws IOException {
		Map<String, Long> lines = new TreeMap<>();
		for (String instance : INSTANCES) {
			long number = 0;
			for (Path file : files(platform, instance)) {
				number += Files.readString(file).chars().filter((character) -> character == '\n').count();
			}
			lines.put(instance, number);
		}
		return lines;
	}

	/** The current and the rolled log files of an instance. */
	private static List<Path> files(PrivatePlatform platform, String instance) throws IOException {
		try (Stream<Path> files = Files.list(platform.state().resolve("logs"))) {
			return files.filter((file) -> file.getFileName().toString().startsWith(instance + ".log")).toList();
		}
	}

	private static Map<String, Long> shipped(PrivatePlatform platform) {
		PlatformClient elasticsearch = PlatformClient
			.of(URI.create(platform.processes().recordOf(ELASTICSEARCH).url()));
		elasticsearch.post("/platform-logs-*/_refresh", "").expect(200);
		Map<String, Long> documents = new TreeMap<>();
		for (String instance : INSTANCES) {
			String query = "{\"query\":{\"term\":{\"service.node.name\":\"%s\"}}}".formatted(instance);
			documents.put(instance,
					elasticsearch.post("/platform-logs-*/_count", query).expect(200).json().path("count").asLong());
		}
		return documents;
	}

}
