package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.microplatform.local.postgres.Postgres;
import io.microplatform.local.process.DetachedLauncher;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.Jvm;
import io.microplatform.local.process.Launcher;
import io.microplatform.local.process.ProcessPriority;
import io.microplatform.local.redis.Redis;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.Server;
import io.microplatform.local.server.StateDirectory;

/**
 * Creates the processes of {@link ObservabilityProgram}s, with their arguments and
 * environment.
 *
 * @param context the environment of the command
 * @param ports the ports of programs that are not running yet
 * @param plan the platform that they observe
 * @param secrets the platform's secrets
 * @param links the pages that the admin server links to
 */
record ObservabilityProcesses(Context context, PortChoice ports, Plan plan, Secrets secrets,
		Map<String, String> links) {

	/** The options that these JVMs have in common. */
	private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

	/** The limit of Zipkin; each span takes up to two kilobytes of its heap. */
	private static final String SPANS_IN_MEMORY = "100000";

	/** Returns the process of an installed program. */
	Server of(ObservabilityProgram program) throws IOException {
		Instance instance = standing(program);
		StateDirectory state = this.context.state();
		Launcher launcher = new DetachedLauncher(this.context.records(), state.logs());
		Path executable = program.find(this.context.environment().getOrDefault("PATH", "")).orElseThrow();
		return switch (program) {
			case ADMIN_SERVER -> new ServiceProcess(instance, Jvm.QUICK, ProcessPriority.SERVICE,
					new ServiceEnvironment(this.plan, this.secrets).ofAdmin(instance, this.links), this.context.root(),
					state, launcher);
			case ELASTICSEARCH -> new LogStore(instance, executable, logStoreArguments(instance), state, launcher,
					this.context.root().resolve("observability/elk/elasticsearch/index-template.json"));
			case LOG_SHIPPER -> new LogShipper(instance, executable, files().resolve(ObservabilityFiles.SHIPPER),
					state.data(instance.name()).toAbsolutePath().resolve("rsyslogd.pid"), state, launcher,
					standing(ObservabilityProgram.ELASTICSEARCH));
			default -> new ObservabilityProcess(instance, executable, arguments(program, instance, executable),
					environment(program, instance), state, launcher);
		};
	}

	private Instance standing(ObservabilityProgram program) throws IOException {
		return program.standing(this.ports, this.context.records());
	}

	private Path files() {
		return ObservabilityFiles.directory(this.context.state());
	}

	private List<String> arguments(ObservabilityProgram program, Instance instance, Path executable)
			throws IOException {
		String listen = String.format(Locale.ROOT, "--web.listen-address=127.0.0.1:%d", instance.port());
		return switch (program) {
			case PROMETHEUS ->
				List.of("--config.file=" + files().resolve("prometheus/prometheus.yml"), "--storage.tsdb.path=tsdb",
						"--storage.tsdb.retention.time=15d", "--storage.tsdb.retention.size=2GB",
						"--enable-feature=exemplar-storage", listen, "--web.external-url=" + instance.url());
			case ALERTMANAGER -> List.of("--config.file=" + files().resolve("alertmanager/alertmanager.yml"),
					"--storage.path=alerts", listen, "--web.external-url=" + instance.url(),
					// A cluster is not needed, and would listen on all interfaces.
					"--cluster.listen-address=");
			case NODE_EXPORTER ->
				List.of(listen, "--collector.textfile.directory=" + ObservabilityFiles.textfiles(this.context.state()));
			// PostgreSQL 17 has moved what this collector of older exporters reads.
			case POSTGRES_EXPORTER -> List.of(listen, "--no-collector.bgwriter");
			case REDIS_EXPORTER -> List.of(listen);
			case GRAFANA -> grafanaArguments(executable);
			case ZIPKIN -> zipkinArguments(instance);
			default -> throw new IllegalArgumentException(program.title());
		};
	}

	private List<String> zipkinArguments(Instance instance) throws IOException {
		List<String> arguments = new ArrayList<>(JVM);
		arguments.addAll(List.of("-Xmx512m", "-jar", download(ObservabilityProgram.ZIPKIN).jar().toString(),
				"--armeria.ports[0].address=127.0.0.1",
				String.format(Locale.ROOT, "--armeria.ports[0].port=%d", instance.port()),
				"--armeria.ports[0].protocols=http", "--zipkin.storage.mem.max-spans=" + SPANS_IN_MEMORY,
				// By default, every page that a browser shows may read the traces.
				"--zipkin.query.allowed-origins=" + instance.url()));
		return arguments;
	}

	private List<String> logStoreArguments(Instance instance) {
		List<String> arguments = new ArrayList<>(JVM);
		Path files = this.context.root().resolve("observability/elk").toAbsolutePath();
		arguments.addAll(List.of("-Xms256m", "-Xmx384m", "--enable-native-access=ALL-UNNAMED", "-cp",
				download(ObservabilityProgram.ELASTICSEARCH).directory().resolve("*").toString(),
				files.resolve("OpenSearchNode.java").toString(),
				this.context.state().data(instance.name()).toAbsolutePath().toString(),
				Integer.toString(instance.port()), Integer.toString(this.ports.of(Port.ELASTICSEARCH_TRANSPORT)),
				files.resolve("elasticsearch/lifecycle-policy.json").toString()));
		return arguments;
	}

	private ProgramDownload download(ObservabilityProgram program) {
		return ProgramDownload.of(program, this.context).orElseThrow();
	}

	private Map<String, String> environment(ObservabilityProgram program, Instance instance) {
		return switch (program) {
			case POSTGRES_EXPORTER ->
				Map.of("DATA_SOURCE_URI",
						String.format(Locale.ROOT, "127.0.0.1:%d/postgres?sslmode=disable",
								this.plan.postgres().port()),
						"DATA_SOURCE_USER", Postgres.EXPORTER, "DATA_SOURCE_PASS",
						this.secrets.password("DATABASE", Postgres.EXPORTER));
			case REDIS_EXPORTER ->
				Map.of("REDIS_ADDR", String.format(Locale.ROOT, "redis://127.0.0.1:%d", this.plan.redis().port()),
						"REDIS_USER", Redis.EXPORTER, "REDIS_PASSWORD", this.secrets.password("REDIS", Redis.EXPORTER));
			case GRAFANA -> Map.of("GF_SERVER_HTTP_ADDR", "127.0.0.1", "GF_SERVER_HTTP_PORT",
					Integer.toString(instance.port()), "GF_PATHS_DATA", grafanaData("data"), "GF_PATHS_LOGS",
					grafanaData("logs"), "GF_PATHS_PLUGINS", grafanaData("plugins"), "GF_PATHS_PROVISIONING",
					files().resolve("grafana/provisioning").toString(), "GF_SECURITY_ADMIN_PASSWORD",
					this.secrets.get("PLATFORM_GRAFANA_PASSWORD"), "GF_ANALYTICS_CHECK_FOR_UPDATES", "false",
					"GF_ANALYTICS_REPORTING_ENABLED", "false");
			default -> Map.of();
		};
	}

	/** The program grafana has commands; the older grafana-server has none. */
	private List<String> grafanaArguments(Path program) {
		String home = "--homepath=" + grafanaHome();
		return program.endsWith("grafana") ? List.of("server", home) : List.of(home);
	}

	/** Grafana resolves relative paths against its installation. */
	private String grafanaData(String directory) {
		return this.context.state()
			.data(ObservabilityProgram.GRAFANA.title())
			.resolve(directory)
			.toAbsolutePath()
			.toString();
	}

	/** The directory in which packages and Homebrew install Grafana. */
	private String grafanaHome() {
		return Stream.of("/usr/share/grafana", "/opt/homebrew/share/grafana", "/usr/local/share/grafana")
			.filter((home) -> Path.of(home).toFile().isDirectory())
			.findFirst()
			.orElse("/usr/share/grafana");
	}

}
