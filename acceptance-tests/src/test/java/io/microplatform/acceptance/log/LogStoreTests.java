package io.microplatform.acceptance.log;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.client.Reply;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.CurrentJava;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.LeashedLauncher;
import io.microplatform.local.process.Ports;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.process.Shutdown;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that the log lines in OpenSearch do not fill the disk, and that lines wait while
 * the disk is almost full.
 */
@FullRun
@EnabledIf("io.microplatform.acceptance.fixture.Installed#rsyslog")
class LogStoreTests {

	private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("platform.root")))
		.toAbsolutePath();

	private static final Path ELK = ROOT.resolve("observability/elk");

	private static final DateTimeFormatter INDEX = DateTimeFormatter.ofPattern("'/platform-logs-'uuuu.MM.dd",
			Locale.ROOT);

	private static final String WATERMARK = "cluster.routing.allocation.disk.watermark.";

	/** The retention runs once a minute. */
	private static final Duration DELETED_WITHIN = Duration.ofMinutes(2);

	/**
	 * OpenSearch looks at the disk every 30 s, and the shipper tries again after seconds.
	 */
	private static final Duration NOTICED_WITHIN = Duration.ofMinutes(2);

	private static final Duration USUALLY_SHIPPED_WITHIN = Duration.ofSeconds(10);

	private static final Duration STARTED_WITHIN = Duration.ofMinutes(2);

	@TempDir
	private static Path directory;

	private static @Nullable PrivatePlatform started;

	@BeforeAll
	static void start() {
		started = PrivatePlatform.start(ROOT, directory, Map.of(), "--with", "elk");
	}

	@AfterAll
	static void stop() {
		if (started != null) {
			started.close();
		}
	}

	private static PrivatePlatform platform() {
		return Objects.requireNonNull(started);
	}

	private static PlatformClient elasticsearch() {
		return PlatformClient.of(URI.create(platform().processes().recordOf("elasticsearch").url()));
	}

	@Test
	void indexesOfPastWeeksAreDeleted() {
		String old = index(9);
		String recent = index(6);
		for (String index : List.of(old, recent)) {
			// The other test may have ended its full disk just before.
			await().atMost(NOTICED_WITHIN)
				.until(() -> elasticsearch().post(index + "/_doc", "{\"message\":\"a line\"}").status() == 201);
		}
		await().atMost(DELETED_WITHIN).until(() -> elasticsearch().get(old).status() == 404);
		elasticsearch().get(recent).expect(200);
		assertThat(count("*")).isPositive();
	}

	@Test
	void theOldestIndexesAreDeletedWhileAllAreTooLarge() throws IOException {
		Path policy = Files.writeString(directory.resolve("policy.json"),
				Files.readString(ELK.resolve("elasticsearch/lifecycle-policy.json")).replace("\"2gb\"", "\"1mb\""));
		List<Integer> ports = Ports.free(2);
		LeashedLauncher launcher = new LeashedLauncher(directory.resolve("logs"));
		Instance instance = Instance.of("another-elasticsearch", ports.getFirst(), "http");
		RunningProcess node = launcher.launch(instance, node(ports, policy), Shutdown.USUAL);
		try {
			PlatformClient client = PlatformClient.of(URI.create(instance.url()));
			await().atMost(STARTED_WITHIN).ignoreExceptions().until(() -> client.get("/").status() == 200);
			client.post(index(2) + "/_doc", "{\"message\":\"small\"}").expect(201);
			client.post(index(1) + "/_doc", "{\"message\":\"small\"}").expect(201);
			for (int i = 0; i < 30; i++) {
				client.post(index(3) + "/_doc", "{\"message\":\"%s\"}".formatted(incompressible())).expect(201);
			}
			await().atMost(DELETED_WITHIN).until(() -> client.get(index(3)).status() == 404);
			client.get(index(2)).expect(200);
			client.get(index(1)).expect(200);
		}
		finally {
			node.kill();
			launcher.forget(instance.instance());
		}
	}

	private static Command node(List<Integer> ports, Path policy) {
		return new Command(
				List.of(CurrentJava.executable(), "-XX:+UseSerialGC", "-Xmx384m", "--enable-native-access=ALL-UNNAMED",
						"-cp", platform().state().resolve("programs/opensearch").resolve("*").toString(),
						ELK.resolve("OpenSearchNode.java").toString(), directory.resolve("data").toString(),
						ports.getFirst().toString(), ports.getLast().toString(), policy.toString()),
				Map.of(), directory);
	}

	/** A full disk is simulated by watermarks that are larger than the disk. */
	@Test
	void linesWaitWhileTheDiskIsAlmostFull() {
		setWatermarks("\"900tb\"");
		try {
			await().atMost(NOTICED_WITHIN)
				.until(() -> elasticsearch().get("/platform-logs-*/_settings").expect(200).body(),
						(settings) -> settings.contains("\"read_only_allow_delete\":\"true\""));
			PlatformClient ann = platform().signUp("Ann").client();
			long order = ann.placeOrder("tea", BigDecimal.ONE).expect(201).as(Order.class).id();
			await().atMost(NOTICED_WITHIN)
				.until(() -> ann.order(order).expect(200).as(Order.class).status(), "CONFIRMED"::equals);
			await().during(USUALLY_SHIPPED_WITHIN)
				.atMost(USUALLY_SHIPPED_WITHIN.multipliedBy(2))
				.until(() -> count("order.id:" + order) == 0);
			setWatermarks("null");
			await().atMost(NOTICED_WITHIN).until(() -> count("order.id:" + order) > 0);
		}
		finally {
			setWatermarks("null");
		}
	}

	private static void setWatermarks(String value) {
		String settings = "{\"transient\":{\"%1$slow\":%2$s,\"%1$shigh\":%2$s,\"%1$sflood_stage\":%2$s}}"
			.formatted(WATERMARK, value);
		PlatformClient client = elasticsearch();
		client
			.send(client.request("/_cluster/settings")
				.header("Content-Type", "application/json")
				.PUT(BodyPublishers.ofString(settings)))
			.expect(200);
	}

	private static long count(String query) {
		Reply reply = elasticsearch().get("/platform-logs-*/_count?q=" + query).expect(200);
		return reply.json().path("count").asLong();
	}

	/** The path of the index of a day. */
	private static String index(int daysAgo) {
		return LocalDate.now(ZoneOffset.UTC).minusDays(daysAgo).format(INDEX);
	}

	private static String incompressible() {
		byte[] random = new byte[60_000];
		ThreadLocalRandom.current().nextBytes(random);
		return Base64.getEncoder().encodeToString(random);
	}

}
