package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.microplatform.cli.ObservabilityProgram.Part;
import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.postgres.Postgres;
import io.microplatform.local.process.DetachedLauncher;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.process.Signal;
import io.microplatform.local.redis.Redis;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.Server;

/**
 * The programs that {@code up --with} starts beside the platform, with their
 * configuration. What was asked for is remembered until {@code down}, so that {@code up}
 * repairs it, too.
 */
final class Observability {

	private final Context context;

	private final PortChoice ports;

	Observability(Context context, PortChoice ports) {
		this.context = context;
		this.ports = ports;
	}

	/**
	 * Remembers the parts.
	 * @throws CommandFailedException if a program is not installed
	 */
	void want(Set<Part> parts) throws IOException, CommandFailedException {
		requireInstalled(parts, this.context);
		for (Part part : parts) {
			this.context.wanted().set(part.toString(), 1);
		}
	}

	/**
	 * Requires the programs of parts.
	 * @throws CommandFailedException if a program is not installed
	 */
	static void requireInstalled(Set<Part> parts, Context context) throws CommandFailedException {
		for (Part part : parts) {
			List<String> missing = ObservabilityProgram.of(part)
				.filter((program) -> program.isRequired() && find(program, context).isEmpty())
				.map(ObservabilityProgram::title)
				.toList();
			if (!missing.isEmpty()) {
				throw new CommandFailedException("--with %s: %s is not installed (%s)".formatted(part,
						String.join(" and ", missing), part.installation()));
			}
		}
	}

	private Set<Part> wanted() throws IOException {
		Map<String, Integer> all = this.context.wanted().all();
		Set<Part> parts = new TreeSet<>();
		Stream.of(Part.values()).filter((part) -> all.containsKey(part.toString())).forEach(parts::add);
		return parts;
	}

	private Optional<Path> find(ObservabilityProgram program) {
		return find(program, this.context);
	}

	private static Optional<Path> find(ObservabilityProgram program, Context context) {
		return program.find(context.environment().getOrDefault("PATH", ""));
	}

	/** The programs that are wanted and installed. */
	private List<ObservabilityProgram> programs() throws IOException {
		return wanted().stream()
			.flatMap(ObservabilityProgram::of)
			.filter((program) -> find(program).isPresent())
			.toList();
	}

	/** The instances that run, or are to be started. */
	List<Instance> instances() throws IOException {
		List<Instance> instances = new ArrayList<>();
		for (ObservabilityProgram program : programs()) {
			instances.add(program.standing(this.ports, this.context.records()));
		}
		if (wanted().contains(Part.PROMETHEUS) && kafkaExporterPort().isEmpty()) {
			instances.add(Instance.of(KafkaJmxExporter.NAME, this.ports.of(Port.KAFKA_EXPORTER), "http"));
		}
		return instances;
	}

	/**
	 * Writes the configuration, and makes what runs read it again.
	 * @return the processes, to be started
	 * @throws CommandFailedException if a receiver of notifications is invalid
	 */
	List<Server> prepare(Plan plan, Secrets secrets) throws IOException, CommandFailedException {
		if (programs().isEmpty()) {
			return List.of();
		}
		new ObservabilityFiles(this.context, this.ports, plan, kafkaExporterPort()).write(secrets,
				AlertReceivers.of(this.context.environment()));
		List<Server> processes = new ArrayList<>();
		for (ObservabilityProgram program : programs()) {
			Server process = process(program, ObservabilityFiles.directory(this.context.state()), plan, secrets);
			if (process.process().isPresent()) {
				reload(program, process.process().get());
			}
			processes.add(process);
		}
		return processes;
	}

	/**
	 * Lets Prometheus see the broker, if it is wanted.
	 * @throws IOException if its metrics stay unseen
	 */
	void observeKafka() throws IOException {
		Optional<RunningProcess> broker = broker();
		if (wanted().contains(Part.PROMETHEUS) && broker.isPresent()) {
			kafkaExporter().load(broker.get(), this.ports.of(Port.KAFKA_EXPORTER));
		}
	}

	private Optional<Integer> kafkaExporterPort() throws IOException {
		Optional<RunningProcess> broker = broker();
		return broker.isPresent() ? kafkaExporter().port(broker.get()) : Optional.empty();
	}

	private KafkaJmxExporter kafkaExporter() {
		Path files = ObservabilityFiles.directory(this.context.state());
		return new KafkaJmxExporter(this.context.root().resolve("platform-cli/target/agents"),
				files.resolve("prometheus/jmx-exporter.yml"), new AtomicFile(files.resolve(KafkaJmxExporter.NAME)));
	}

	private Optional<RunningProcess> broker() throws IOException {
		return this.context.records().find(Kafka.NAME).flatMap(RunRecord::process);
	}

	/** The names of programs that are wanted and not installed. */
	List<String> missing() throws IOException {
		return wanted().stream()
			.flatMap(ObservabilityProgram::of)
			.filter((program) -> find(program).isEmpty())
			.map(ObservabilityProgram::title)
			.toList();
	}

	private static void reload(ObservabilityProgram program, RunningProcess process) {
		if (program == ObservabilityProgram.PROMETHEUS || program == ObservabilityProgram.ALERTMANAGER) {
			process.signal(Signal.HUP);
		}
	}

	private Server process(ObservabilityProgram program, Path files, Plan plan, Secrets secrets) throws IOException {
		Instance instance = program.standing(this.ports, this.context.records());
		String address = String.format(Locale.ROOT, "127.0.0.1:%d", instance.port());
		String listen = "--web.listen-address=" + address;
		List<String> arguments = switch (program) {
			case PROMETHEUS ->
				List.of("--config.file=" + files.resolve("prometheus/prometheus.yml"), "--storage.tsdb.path=tsdb",
						"--storage.tsdb.retention.time=15d", listen, "--web.external-url=" + instance.url());
			case ALERTMANAGER -> List.of("--config.file=" + files.resolve("alertmanager/alertmanager.yml"),
					"--storage.path=alerts", listen, "--web.external-url=" + instance.url(),
					// One is enough here; a cluster would listen on all interfaces.
					"--cluster.listen-address=");
			case NODE_EXPORTER ->
				List.of(listen, "--collector.textfile.directory=" + ObservabilityFiles.textfiles(this.context.state()));
			// PostgreSQL 17 has moved what this collector of older exporters reads.
			case POSTGRES_EXPORTER -> List.of(listen, "--no-collector.bgwriter");
			case REDIS_EXPORTER -> List.of(listen);
			case GRAFANA -> grafanaArguments(find(program).orElseThrow());
		};
		return new ObservabilityProcess(instance, find(program).orElseThrow(), arguments,
				environment(program, files, plan, secrets, instance), this.context.state(),
				new DetachedLauncher(this.context.records(), this.context.state().logs()));
	}

	private Map<String, String> environment(ObservabilityProgram program, Path files, Plan plan, Secrets secrets,
			Instance instance) {
		return switch (program) {
			case PROMETHEUS, ALERTMANAGER, NODE_EXPORTER -> Map.of();
			case POSTGRES_EXPORTER -> Map.of("DATA_SOURCE_URI",
					String.format(Locale.ROOT, "127.0.0.1:%d/postgres?sslmode=disable", plan.postgres().port()),
					"DATA_SOURCE_USER", Postgres.EXPORTER, "DATA_SOURCE_PASS",
					secrets.password("DATABASE", Postgres.EXPORTER));
			case REDIS_EXPORTER ->
				Map.of("REDIS_ADDR", String.format(Locale.ROOT, "redis://127.0.0.1:%d", plan.redis().port()),
						"REDIS_USER", Redis.EXPORTER, "REDIS_PASSWORD", secrets.password("REDIS", Redis.EXPORTER));
			case GRAFANA -> Map.of("GF_SERVER_HTTP_ADDR", "127.0.0.1", "GF_SERVER_HTTP_PORT",
					Integer.toString(instance.port()), "GF_PATHS_DATA", grafanaData("data"), "GF_PATHS_LOGS",
					grafanaData("logs"), "GF_PATHS_PLUGINS", grafanaData("plugins"), "GF_PATHS_PROVISIONING",
					files.resolve("grafana/provisioning").toString(), "GF_SECURITY_ADMIN_PASSWORD",
					secrets.get("PLATFORM_GRAFANA_PASSWORD"), "GF_ANALYTICS_CHECK_FOR_UPDATES", "false",
					"GF_ANALYTICS_REPORTING_ENABLED", "false");
		};
	}

	/** Its own program has commands; the older one is the server. */
	private List<String> grafanaArguments(Path program) {
		String home = "--homepath=" + grafanaHome();
		return program.endsWith("grafana") ? List.of("server", home) : List.of(home);
	}

	/** Grafana takes relative paths for relative to its installation. */
	private String grafanaData(String directory) {
		return this.context.state()
			.data(ObservabilityProgram.GRAFANA.title())
			.resolve(directory)
			.toAbsolutePath()
			.toString();
	}

	/** Where packages and Homebrew put the files of Grafana. */
	private String grafanaHome() {
		return Stream.of("/usr/share/grafana", "/opt/homebrew/share/grafana", "/usr/local/share/grafana")
			.filter((home) -> Path.of(home).toFile().isDirectory())
			.findFirst()
			.orElse("/usr/share/grafana");
	}

}
