package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import io.microplatform.cli.ObservabilityProgram.Part;
import io.microplatform.local.process.Jvm;
import io.microplatform.local.process.LogFile;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.server.Secrets;

/**
 * Starts what is not running, and returns when the platform is ready. Idempotent: run
 * again, it repairs the platform.
 */
@Command(name = "up", header = "starts what is not running, and waits until everything is ready", description = """
		Builds if the jars are older than the sources, starts what is not running, and returns when every instance is
		ready and gets requests. Run it again to repair: it starts as many instances of each service as scale was
		last told. While another command builds or starts the platform, it waits. If something does not start, it
		shows the end of its log and stops what it has started.""", footerHeading = "%nEnvironment variables:%n",
		footer = """
				PLATFORM_<NAME>_PORT     another port: GATEWAY, GATEWAY_MANAGEMENT, DISCOVERY, CONFIG, SERVICES (the first of the
				                         services' pairs), POSTGRESQL, REDIS, KAFKA, KAFKA_CONTROLLER; with --ha also
				                         GATEWAY_2, GATEWAY_2_MANAGEMENT, DISCOVERY_2, CONFIG_2; with --with also
				                         PROMETHEUS, ALERTMANAGER, NODE_EXPORTER, POSTGRES_EXPORTER, REDIS_EXPORTER,
				                         KAFKA_EXPORTER, GRAFANA, ZIPKIN, ELASTICSEARCH, ELASTICSEARCH_TRANSPORT, ADMIN
				PLATFORM_ALERTS_WEBHOOK  URL to which Alertmanager sends notifications
				PLATFORM_ALERTS_EMAIL    address to which it sends them, with PLATFORM_ALERTS_FROM and PLATFORM_ALERTS_SMARTHOST;
				                         PLATFORM_ALERTS_USER and PLATFORM_ALERTS_PASSWORD if the server requires a login
				PLATFORM_STATE_DIR       another directory than .platform/; its path must not contain quotes, colons, backslashes,
				                         dollar signs or emoji
				PLATFORM_CONFIG_REPO     another directory than config-repo/
				PLATFORM_CONFIG_GIT_URI  a Git repository instead; docs/configuration.md describes the other settings
				PLATFORM_UP_TIMEOUT      seconds after the build until it gives up (180)
				PLATFORM_SKIP_BUILD      1: never build
				PLATFORM_JVM             quick (default): JVMs compile little and start soon; full: JVMs compile well, and a request
				                         takes half the CPU time after minutes of load
				PLATFORM_MIN_MEMORY_MIB  memory that must be available for the whole platform (2048); what already runs counts
				                         for its share""")
final class Up implements Action {

	private static final Set<String> PAGES = Stream
		.concat(Stream.of(Plan.GATEWAY, Plan.DISCOVERY), Stream
			.of(ObservabilityProgram.PROMETHEUS, ObservabilityProgram.ALERTMANAGER, ObservabilityProgram.GRAFANA,
					ObservabilityProgram.ZIPKIN, ObservabilityProgram.ELASTICSEARCH, ObservabilityProgram.ADMIN_SERVER)
			.map(ObservabilityProgram::title))
		.collect(Collectors.toUnmodifiableSet());

	/** The secrets that contain the password of the user admin. */
	private static final Map<String, String> PASSWORDS = Map.of(ObservabilityProgram.GRAFANA.title(),
			"PLATFORM_GRAFANA_PASSWORD", ObservabilityProgram.ADMIN_SERVER.title(), "PLATFORM_ADMIN_SERVER_PASSWORD");

	private final Context context;

	@Option(names = "--ha", description = "two discovery servers, config servers and gateways, until down")
	private boolean pairs;

	@Option(names = "--with", split = ",", paramLabel = "PART", converter = PartConverter.class,
			description = "starts other programs next to the platform, until down: prometheus (with Alertmanager and"
					+ " exporters), grafana, zipkin (instances then export spans), elk (log lines in OpenSearch),"
					+ " admin (Spring Boot Admin); Zipkin and OpenSearch are downloaded once")
	private Set<Part> parts = Set.of();

	Up(Context context) {
		this.context = context;
	}

	@Override
	public void run() throws IOException, CommandFailedException {
		PortChoice ports = new PortChoice(this.context.environment());
		Observability observability = new Observability(this.context, ports);
		StartTimeout patience = StartTimeout.of(this.context);
		Jvm jvm = JvmChoice.of(this.context.environment());
		this.context.state().create();
		try (PlatformLock _ = PlatformLock.take(this.context)) {
			repair();
			shortenOutputs();
			DesiredInstances wanted = this.context.wanted();
			Map<String, Integer> before = wanted.all();
			Routing routing = Routing.of(this.context);
			observability.fetch(this.parts);
			boolean runsUntraced = this.parts.contains(Part.ZIPKIN) && !before.containsKey(Part.ZIPKIN.toString())
					&& runs(this.context.services()::contains);
			Instant deadline = patience.deadline();
			Fleet fleet;
			try {
				if (this.pairs) {
					wantPairs(wanted);
				}
				observability.want(this.parts);
				fleet = start(ports, jvm, observability, deadline);
			}
			catch (CommandFailedException | IOException | RuntimeException ex) {
				wanted.setAll(before);
				throw ex;
			}
			routing.await(Routing.ALL, deadline);
			if (runsUntraced) {
				this.context.out()
					.println("note: running instances export no spans until they are restarted:"
							+ " `./platform restart SERVICE`, and last of api-gateway, which samples");
			}
			new AotTraining(this.context).begin(fleet);
		}
		this.context.out().println();
		Overview overview = Overview.of(this.context);
		this.context.out().print(new Table(overview));
		printPages(overview);
		this.context.out()
			.println(String.format(Locale.ROOT, "ready in %.1f s",
					Duration.between(this.context.started(), Instant.now()).toMillis() / 1000.0));
	}

	/** Of what a damaged record was about, nothing else is known: it is started again. */
	private void repair() throws IOException {
		List<Path> damaged = this.context.damaged();
		if (damaged.isEmpty()) {
			return;
		}
		for (RunRecord lost : new LostProcesses(this.context).ours()) {
			lost.process().ifPresent((process) -> process.stop(lost.endsOn(), Down.PATIENCE));
			this.context.out()
				.println("note: " + lost.name() + " (pid " + lost.pid() + "), whose record is lost, has been stopped");
		}
		for (Path file : damaged) {
			Files.deleteIfExists(file);
		}
	}

	/** Of servers and programs that may have been running for months. */
	private void shortenOutputs() throws IOException {
		LogFile.shortenAll(this.context.state().logs());
		Path shipper = this.context.state().data(ObservabilityProgram.LOG_SHIPPER.title());
		for (String lines : LogShipper.NOT_SHIPPED) {
			new LogFile(shipper.resolve(lines)).shorten();
		}
	}

	private Fleet start(PortChoice ports, Jvm jvm, Observability observability, Instant deadline)
			throws IOException, CommandFailedException {
		Optional<ConfigSnapshot> snapshot = this.context.git().isMade() ? Optional.empty()
				: Optional.of(ConfigSnapshot.of(this.context.configRepository()));
		new Preflight(this.context, ports, Plan.of(ports, this.context, "")).check();
		Plan plan = Plan.of(ports, this.context, publish(snapshot));
		Secrets secrets = Secrets.in(this.context.state(), this.context.business());
		Fleet fleet = Fleet.of(plan, jvm, this.context, secrets)
			.withObservability(observability.prepare(plan, secrets));
		for (ServiceProcess service : fleet.services().toList()) {
			if (Plan.isFirst(service.instance())) {
				service.writeEnvironment();
			}
			if (service.runsAnOlderBuild()) {
				this.context.out()
					.println("note: %s runs an older build; `./platform restart %s` brings the new one"
						.formatted(service.instance().instance(), service.instance().name()));
			}
		}
		new StartUp(fleet, deadline, this.context.out()).run();
		try {
			observability.observeKafka();
		}
		catch (IOException ex) {
			this.context.out().println("note: there are no metrics of Kafka: " + ex.getMessage());
		}
		observability.missing()
			.forEach((program) -> this.context.out().println("note: %s is not installed".formatted(program)));
		return fleet;
	}

	private boolean runs(Predicate<String> names) throws IOException {
		return this.context.records()
			.all()
			.stream()
			.anyMatch((entry) -> names.test(entry.name()) && entry.process().isPresent());
	}

	/** Prints the URLs that a user opens in a browser or calls. */
	private void printPages(Overview overview) {
		for (Overview.Line line : overview.processes()) {
			if (PAGES.contains(line.name()) && line.state().equals(Overview.UP)) {
				String password = PASSWORDS.getOrDefault(line.name(), "");
				this.context.out()
					.println("%-18s %s%s".formatted(line.instance(), line.url(), password.isEmpty() ? ""
							: " (user admin, password %s in %s)".formatted(password, this.context.state().secrets())));
			}
		}
	}

	/**
	 * A running instance is configured with one of each server only.
	 */
	private void wantPairs(DesiredInstances wanted) throws IOException, CommandFailedException {
		boolean runs = runs((name) -> true);
		for (String service : Plan.SERVERS) {
			if (runs && wanted.of(service) < PairPlan.BOTH) {
				throw new CommandFailedException(
						"the platform runs with one %s: stop it with `./platform down` first".formatted(service));
			}
		}
		for (String service : Plan.SERVERS) {
			wanted.set(service, PairPlan.BOTH);
		}
	}

	/**
	 * Publishes the configuration, unless an instance runs with an earlier one already:
	 * then a repaired instance must get what the others have. What comes from Git, the
	 * config server publishes; what came from elsewhere is not served then.
	 * @return the version that is served; empty when there is none yet
	 */
	private String publish(Optional<ConfigSnapshot> edits) throws IOException, CommandFailedException {
		Path snapshots = this.context.state().config();
		boolean inUse = this.context.records()
			.all()
			.stream()
			.anyMatch((record) -> record.configVersion() != null && record.process().isPresent());
		if (edits.isEmpty()) {
			if (!inUse) {
				ConfigSnapshot.keepOnly(this.context.git().origin(), snapshots);
			}
			return ConfigSnapshot.published(snapshots);
		}
		ConfigSnapshot snapshot = edits.get();
		Path repository = this.context.configRepository();
		snapshot.unread(this.context.business().names())
			.forEach((note) -> this.context.out().println("note: " + repository.resolve(note)));
		String published = ConfigSnapshot.published(snapshots);
		if (!inUse || published.isEmpty()) {
			snapshot.publish(snapshots, this.context.user());
			return snapshot.version();
		}
		if (!published.equals(snapshot.version())) {
			this.context.out()
				.println("note: %s has edits that are not published; `./platform refresh` publishes them"
					.formatted(repository.getFileName()));
		}
		return published;
	}

	/** Reads the name of a part. */
	static final class PartConverter implements ITypeConverter<Part> {

		@Override
		public Part convert(String value) {
			return Stream.of(Part.values())
				.filter((part) -> part.toString().equals(value))
				.findFirst()
				.orElseThrow(() -> new TypeConversionException("'%s' is not a part: choose from %s".formatted(value,
						Stream.of(Part.values()).map(Part::toString).collect(Collectors.joining(", ")))));
		}

	}

}
