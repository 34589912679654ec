package io.microplatform.lab.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.platform.MetricsSnapshot;
import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.RunningPlatform;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.Http;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.Ports;

/**
 * A further gateway of a platform, started with the command of the first one as a
 * {@link GatewayVariant}. Stopped when it is closed, or when this JVM dies. Not
 * thread-safe.
 */
final class GatewayProcess extends LeashedServer {

	private static final String GATEWAY = "api-gateway";

	private static final String DECISIONS = "rate_limiter_decisions_total";

	private static final Duration TIMEOUT = Duration.ofSeconds(90);

	private final RunningPlatform platform;

	private final GatewayVariant variant;

	private final Path directory;

	private final int managementPort;

	private GatewayProcess(RunningPlatform platform, GatewayVariant variant, Path directory, int port,
			int managementPort) {
		super(new Instance(GATEWAY, GATEWAY, port, managementPort, "http://127.0.0.1:" + port,
				management(managementPort, "health/readiness"), null), directory, TIMEOUT);
		this.platform = platform;
		this.variant = variant;
		this.directory = directory;
		this.managementPort = managementPort;
	}

	/**
	 * Starts the gateway.
	 * @param platform the platform, with Zipkin
	 * @param variant how it differs from that of the platform
	 * @param directory the parent directory of its log
	 * @return the gateway, which is ready
	 * @throws PlatformFailedException if it is not ready in time, or has metrics without
	 * being asked for
	 */
	static GatewayProcess start(RunningPlatform platform, GatewayVariant variant, Path directory) {
		List<Integer> ports = Ports.free(2);
		GatewayProcess gateway = new GatewayProcess(platform, variant,
				directory.resolve(variant.title()).toAbsolutePath(), ports.getFirst(), ports.getLast());
		gateway.awaitReady();
		String metrics = management(gateway.managementPort, "prometheus");
		if (variant == GatewayVariant.WITHOUT_METRICS && Http.isOk(metrics)) {
			gateway.close();
			throw new PlatformFailedException(metrics + " has metrics", null);
		}
		return gateway;
	}

	private static String management(int port, String endpoint) {
		return String.format(Locale.ROOT, "http://127.0.0.1:%d/actuator/%s", port, endpoint);
	}

	/** Returns the base URL. */
	String url() {
		return instance().url();
	}

	/**
	 * Returns the share of the requests that were counted in Redis, among those that the
	 * rate limits counted.
	 * @throws PlatformFailedException if there are none, so that the cost of rate limits
	 * would not be measured
	 */
	double countedInRedis() {
		PlatformClient management = PlatformClient.of(URI.create("http://127.0.0.1:" + this.managementPort));
		MetricsSnapshot metrics = new MetricsSnapshot(management.get("/actuator/prometheus").expect(200).body());
		long inRedis = metrics.count(DECISIONS, "by=\"redis\"");
		if (inRedis == 0) {
			throw new PlatformFailedException(this.variant.title() + " has counted no request in Redis", null);
		}
		return (double) inRedis / metrics.count(DECISIONS);
	}

	@Override
	protected Command prepare() throws IOException {
		Files.createDirectories(this.directory);
		ProcessHandle.Info first = ProcessHandle.of(this.platform.recordOf(GATEWAY).pid()).orElseThrow().info();
		List<String> line = new ArrayList<>();
		line.add(first.command().orElseThrow());
		line.addAll(List.of(first.arguments().orElseThrow()));
		Map<String, String> environment = new HashMap<>(this.variant.environment());
		environment.put("SERVER_PORT", Integer.toString(port()));
		environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(this.managementPort));
		environment.put("PLATFORM_DISCOVERY_URI", this.platform.recordOf("discovery-server").url() + "/eureka/");
		environment.put("PLATFORM_ZIPKIN_ENDPOINT", this.platform.recordOf("zipkin").url() + "/api/v2/spans");
		environment.put("PLATFORM_CONFIG_URI", this.platform.recordOf("config-server").url());
		for (String password : List.of("PLATFORM_DISCOVERY_PASSWORD", "PLATFORM_CONFIG_PASSWORD")) {
			environment.put(password, this.platform.secret(password));
		}
		environment.put("PLATFORM_REDIS_HOST", "127.0.0.1");
		environment.put("PLATFORM_REDIS_PORT", Integer.toString(this.platform.recordOf("redis").port()));
		environment.put("PLATFORM_REDIS_USERNAME", GATEWAY);
		environment.put("PLATFORM_REDIS_PASSWORD", this.platform.secret("PLATFORM_REDIS_API_GATEWAY_PASSWORD"));
		return new Command(line, environment, this.directory);
	}

	@Override
	protected boolean isReady() {
		return instance().answers();
	}

}
