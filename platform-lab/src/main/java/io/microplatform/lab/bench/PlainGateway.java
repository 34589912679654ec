package io.microplatform.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.RunningPlatform;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.Http;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.Ports;

/**
 * A second gateway of a platform, started with the command of the first one, but without
 * any meter. Stopped when it is closed, or when this JVM dies. Not thread-safe.
 */
final class PlainGateway extends LeashedServer {

	private static final String GATEWAY = "api-gateway";

	private static final Duration TIMEOUT = Duration.ofSeconds(90);

	/**
	 * Removes every meter. Without the export there is no registry, and Spring Boot
	 * provides an empty one to the beans that require it. The last two remove the
	 * gateway's own filter and the gauges of Reactor Netty's pool.
	 */
	private static final Map<String, String> NO_METRICS = Map.of("MANAGEMENT_DEFAULTS_METRICS_EXPORT_ENABLED", "false",
			"MANAGEMENT_METRICS_ENABLE_ALL", "false", "SPRING_CLOUD_GATEWAY_SERVER_WEBFLUX_METRICS_ENABLED", "false",
			"SPRING_CLOUD_GATEWAY_SERVER_WEBFLUX_HTTPCLIENT_POOL_METRICS", "false");

	private final RunningPlatform platform;

	private final Path directory;

	private final int managementPort;

	private PlainGateway(RunningPlatform platform, Path directory, int port, int managementPort) {
		super(new Instance(GATEWAY, GATEWAY, port, managementPort, "http://127.0.0.1:" + port,
				management(managementPort, "health/readiness"), null), directory, TIMEOUT);
		this.platform = platform;
		this.directory = directory;
		this.managementPort = managementPort;
	}

	/**
	 * Starts the gateway.
	 * @param platform the platform
	 * @param directory the parent directory of its log
	 * @return the gateway, which is ready
	 * @throws PlatformFailedException if it is not ready in time, or has metrics
	 */
	static PlainGateway start(RunningPlatform platform, Path directory) {
		List<Integer> ports = Ports.free(2);
		PlainGateway gateway = new PlainGateway(platform, directory.resolve("plain-gateway").toAbsolutePath(),
				ports.getFirst(), ports.getLast());
		gateway.awaitReady();
		String metrics = management(gateway.managementPort, "prometheus");
		if (Http.isOk(metrics)) {
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

	@Override
	protected Command prepare() throws IOException {
		Files.createDirectories(this.directory);
		ProcessHandle.Info first = ProcessHandle.of(this.platform.recordOf(GATEWAY).pid()).orElseThrow().info();
		List<String> line = new ArrayList<>();
		line.add(first.command().orElseThrow());
		line.addAll(List.of(first.arguments().orElseThrow()));
		Map<String, String> environment = new HashMap<>(NO_METRICS);
		environment.put("SPRING_PROFILES_ACTIVE", "local");
		environment.put("SERVER_PORT", Integer.toString(port()));
		environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(this.managementPort));
		environment.put("PLATFORM_DISCOVERY_URI", this.platform.recordOf("discovery-server").url() + "/eureka/");
		environment.put("PLATFORM_CONFIG_URI", this.platform.recordOf("config-server").url());
		for (String password : List.of("PLATFORM_DISCOVERY_PASSWORD", "PLATFORM_CONFIG_PASSWORD")) {
			environment.put(password, this.platform.secret(password));
		}
		return new Command(line, environment, this.directory);
	}

	@Override
	protected boolean isReady() {
		return instance().answers();
	}

}
