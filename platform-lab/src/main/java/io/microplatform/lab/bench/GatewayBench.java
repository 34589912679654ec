package io.microplatform.lab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import io.microplatform.lab.platform.ConfigRepository;
import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.Progress;
import io.microplatform.lab.platform.PrometheusClient;
import io.microplatform.lab.platform.RunningPlatform;

/**
 * Benchmark of the requests per second that the gateway forwards to a stub, and of their
 * latency: without metrics, with metrics, while Prometheus scrapes them, with rate limits
 * that refuse no request, and with shares of the traces exported to Zipkin. nginx, as a
 * proxy in place of the gateway and as the stub itself, is the reference. All processes
 * share the machine.
 *
 * @param root the root directory of a built checkout
 * @param directory the directory for the platform's state and logs, and for nginx
 * @param programs the programs of the system
 * @param progress receives progress messages
 */
public record GatewayBench(Path root, Path directory, BenchPrograms programs, Progress progress) {

	private static final int ROUNDS = 5;

	/**
	 * Off, unless a {@link GatewayVariant} turns them on. The highest possible limit of
	 * an address refuses no request. {@link Wrk} is a trusted proxy for all variants, so
	 * that they receive the same requests.
	 */
	private static final Map<String, String> RATE_LIMITS = Map.of("platform.rate-limits.enabled", "false",
			"platform.rate-limits.per-address.requests", "1000000", "platform.rate-limits.per-address.burst", "1000000",
			"platform.rate-limits.trusted-proxies", "127.0.0.1");

	private static final Pattern ROUTES = Pattern.compile("^( +)routes:$", Pattern.MULTILINE);

	private static final String ROUTE = """
			$1routes:
			$1  - id: bench-stub
			$1    uri: lb://bench-stub
			$1    predicates:
			$1      - Path=/bench/**""";

	/**
	 * Runs the benchmark, which takes about twenty minutes.
	 * @return the report to print
	 * @throws PlatformFailedException if a request fails, or the platform or nginx does
	 * not start
	 */
	public String measure() {
		Map<String, String> environment = new HashMap<>(PrivatePlatform.FULL_COMPILATION);
		environment.put(PrivatePlatform.CONFIG_REPO, configuration().toString());
		this.progress.report("starting nginx and a platform");
		try (Nginx nginx = Nginx.start(this.programs.nginx(), this.directory);
				PrivatePlatform platform = PrivatePlatform.start(this.root, this.directory, environment, "--with",
						"prometheus,zipkin")) {
			this.progress.report("waiting for its ahead-of-time caches");
			platform.awaitTraining();
			try (StubRegistration _ = StubRegistration.open(platform.processes(), nginx.port());
					Gateways gateways = new Gateways(platform.processes(), this.directory, this.progress)) {
				GatewayRound round = new GatewayRound(gateways.start(), nginx, platform.process(PrometheusClient.NAME),
						Wrk.of(this.programs.wrk(), this.directory), this.progress);
				round.warmUp();
				double counted = gateways.countedInRedis() * 100;
				this.progress.report(String.format(Locale.ROOT, "rate limits: %.1f %% counted in Redis", counted));
				List<Map<GatewayCondition, WrkResult>> rounds = new ArrayList<>();
				for (int number = 1; number <= ROUNDS; number++) {
					this.progress.report(String.format(Locale.ROOT, "round %d of %d", number, ROUNDS));
					rounds.add(round.measure(number % 2 == 0));
				}
				return new GatewayReport(rounds, gateways.countedInRedis()).toString();
			}
		}
	}

	/**
	 * A copy of the checkout's configuration with a route to the stub, and with other
	 * rate limits.
	 */
	private Path configuration() {
		ConfigRepository copy = ConfigRepository.copyOf(this.root, this.directory.resolve("with-stub"));
		copy.change("api-gateway", RATE_LIMITS);
		Path gateway = copy.directory().resolve("api-gateway.yml");
		try {
			Files.writeString(gateway, withRoute(Files.readString(gateway)));
			return copy.directory();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot change " + gateway, ex);
		}
	}

	/**
	 * Adds the route to the stub to the list of routes. A second document with this route
	 * alone would replace the list.
	 * @param configuration the configuration of the gateway, in YAML
	 * @throws PlatformFailedException if it has no list of routes
	 */
	static String withRoute(String configuration) {
		if (!ROUTES.matcher(configuration).find()) {
			throw new PlatformFailedException("the configuration of the gateway has no list of routes", null);
		}
		return ROUTES.matcher(configuration).replaceFirst(ROUTE);
	}

	/**
	 * The gateways of all variants. Not thread-safe.
	 */
	private record Gateways(RunningPlatform platform, Path directory, Progress progress,
			Map<GatewayVariant, GatewayProcess> started) implements AutoCloseable {

		Gateways(RunningPlatform platform, Path directory, Progress progress) {
			this(platform, directory, progress, new EnumMap<>(GatewayVariant.class));
		}

		Map<GatewayVariant, String> start() {
			Map<GatewayVariant, String> urls = new EnumMap<>(GatewayVariant.class);
			for (GatewayVariant variant : GatewayVariant.values()) {
				this.progress.report("starting " + variant.title());
				GatewayProcess gateway = GatewayProcess.start(this.platform, variant, this.directory);
				this.started.put(variant, gateway);
				urls.put(variant, gateway.url());
			}
			return urls;
		}

		double countedInRedis() {
			return Objects.requireNonNull(this.started.get(GatewayVariant.RATE_LIMITS)).countedInRedis();
		}

		@Override
		public void close() {
			this.started.values().forEach(GatewayProcess::close);
		}

	}

}
