import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.codelibs.opensearch.runner.node.OpenSearchRunnerNode;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4ModulePlugin;

/**
 * A server with Elasticsearch's API, for one machine: OpenSearch as a single node that
 * listens on the loopback address only and forms no cluster. It has no authentication, and
 * deletes old log lines by itself ({@link LogRetention}). It is started as a source file,
 * with the libraries that {@code observability/pom.xml} copies.
 */
final class OpenSearchNode {

	private static final String LOOPBACK = "127.0.0.1";

	/** Between two runs. Meanwhile, the indexes can exceed their limit. */
	private static final long RETENTION_SECONDS = 60;

	private OpenSearchNode() {
	}

	/**
	 * Runs a node until the process is terminated.
	 * @param args the data directory, the HTTP port, the transport port, on which a node
	 * always listens for other nodes, and the file with the lifecycle policy
	 */
	public static void main(String[] args) throws Exception {
		if (args.length != 4) {
			System.err.println("usage: OpenSearchNode DATA_DIR HTTP_PORT TRANSPORT_PORT LIFECYCLE_POLICY");
			System.exit(2);
		}
		LogConfigurator.configureWithoutConfig(Settings.builder().put("logger.level", "WARN").build());
		Path directory = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
		Node node = new OpenSearchRunnerNode(environment(directory, args[1], args[2]),
				List.of(Netty4ModulePlugin.class));
		LogRetention retention = LogRetention.of(Path.of(args[3]), node.client().admin().indices());
		ScheduledExecutorService scheduler = Executors
			.newSingleThreadScheduledExecutor((task) -> Thread.ofPlatform().name("retention").daemon().unstarted(task));
		CountDownLatch closed = new CountDownLatch(1);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			scheduler.shutdownNow();
			close(node, closed);
		}, "close"));
		node.start();
		scheduler.scheduleWithFixedDelay(retention, 0, RETENTION_SECONDS, TimeUnit.SECONDS);
		// The threads of a node do not keep the JVM alive.
		closed.await();
	}

	private static Environment environment(Path directory, String httpPort, String transportPort) throws IOException {
		Settings settings = Settings.builder()
			.put("cluster.name", "platform-logs")
			.put("node.name", "elasticsearch")
			.put("path.home", directory)
			.put("path.data", directory.resolve("data"))
			.put("path.logs", directory.resolve("logs"))
			.put("discovery.type", "single-node")
			.put("network.host", LOOPBACK)
			.put("http.port", httpPort)
			.put("transport.port", transportPort)
			// The defaults are shares of the disk, and block writes with 20 GB left. The
			// platform needs the rest of the disk.
			.put("cluster.routing.allocation.disk.watermark.low", "4gb")
			.put("cluster.routing.allocation.disk.watermark.high", "3500mb")
			.put("cluster.routing.allocation.disk.watermark.flood_stage", "3gb")
			.build();
		Environment environment = InternalSettingsPreparer.prepareEnvironment(settings, Map.of(),
				directory.resolve("config"), () -> "elasticsearch");
		// A node lists these directories at startup.
		Files.createDirectories(environment.modulesDir());
		Files.createDirectories(environment.pluginsDir());
		return environment;
	}

	private static void close(Node node, CountDownLatch closed) {
		try {
			node.close();
			node.awaitClose(10, TimeUnit.SECONDS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			closed.countDown();
		}
	}

}
