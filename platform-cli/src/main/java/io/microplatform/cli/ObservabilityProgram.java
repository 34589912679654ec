package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.microplatform.local.file.Directories;
import io.microplatform.local.process.CurrentJava;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.RunRecords;
import io.microplatform.local.process.SearchPath;

/**
 * The programs that {@code up --with} starts. The platform does not depend on them. Most
 * are installed on the system; the others run on Java and come from the build or from
 * Maven Central.
 */
enum ObservabilityProgram {

	/** Collects the metrics and evaluates the alerts. */
	PROMETHEUS("prometheus", Part.PROMETHEUS, true, Port.PROMETHEUS, "/-/ready", "prometheus", "prometheus"),

	/** Notifies of alerts. */
	ALERTMANAGER("alertmanager", Part.PROMETHEUS, true, Port.ALERTMANAGER, "/-/ready", "prometheus-alertmanager",
			"alertmanager"),

	/** Exports metrics of the machine, and the result of the last audit. */
	NODE_EXPORTER("node-exporter", Part.PROMETHEUS, false, Port.NODE_EXPORTER, "/", "prometheus-node-exporter",
			"node_exporter"),

	/** Exports metrics of PostgreSQL. */
	POSTGRES_EXPORTER("postgres-exporter", Part.PROMETHEUS, false, Port.POSTGRES_EXPORTER, "/",
			"prometheus-postgres-exporter", "postgres_exporter"),

	/** Exports metrics of Redis. */
	REDIS_EXPORTER("redis-exporter", Part.PROMETHEUS, false, Port.REDIS_EXPORTER, "/health",
			"prometheus-redis-exporter", "redis_exporter"),

	/** Shows the dashboards. */
	GRAFANA("grafana", Part.GRAFANA, true, Port.GRAFANA, "/api/health", "grafana-server", "grafana"),

	/** Keeps the latest traces in memory, and shows them. */
	ZIPKIN("zipkin", Part.ZIPKIN, Port.ZIPKIN, "/health"),

	/** Indexes the log lines: OpenSearch, which has the API of Elasticsearch. */
	ELASTICSEARCH("elasticsearch", Part.ELK, Port.ELASTICSEARCH, "/"),

	/** Ships the log lines to Elasticsearch. */
	LOG_SHIPPER("log-shipper", Part.ELK, true, null, "", "rsyslogd", "rsyslogd"),

	/** Shows the instances with their health, loggers and threads. */
	ADMIN_SERVER("admin-server", Part.ADMIN, Port.ADMIN, "/actuator/health/readiness");

	/**
	 * The module of rsyslogd that sends lines to Elasticsearch, from a separate package.
	 */
	private static final String SHIPPING_MODULE = "rsyslog/omelasticsearch.so";

	private final String title;

	private final Part part;

	private final boolean required;

	/** The port on which it serves; null if it does not serve. */
	private final @Nullable Port port;

	private final String readinessPath;

	/** Debian's name of the program. */
	private final String program;

	/**
	 * The original name of the program; empty for a program that the JDK of this JVM
	 * runs.
	 */
	private final String originalName;

	/** Creates a program that comes from the build or from Maven Central. */
	ObservabilityProgram(String title, Part part, Port port, String readinessPath) {
		this(title, part, true, port, readinessPath, "", "");
	}

	ObservabilityProgram(String title, Part part, boolean required, @Nullable Port port, String readinessPath,
			String program, String originalName) {
		this.title = title;
		this.part = part;
		this.required = required;
		this.port = port;
		this.readinessPath = readinessPath;
		this.program = program;
		this.originalName = originalName;
	}

	static Stream<ObservabilityProgram> of(Part part) {
		return Stream.of(values()).filter((program) -> program.part == part);
	}

	static List<String> titles() {
		return Stream.of(values()).map(ObservabilityProgram::title).toList();
	}

	/** Its name in records, logs and tables. */
	String title() {
		return this.title;
	}

	Part part() {
		return this.part;
	}

	Optional<Port> port() {
		return Optional.ofNullable(this.port);
	}

	/** Whether the part cannot do without it. */
	boolean isRequired() {
		return this.required;
	}

	/** The instance that runs, or is to be started. */
	Instance standing(PortChoice ports, RunRecords records) throws IOException {
		if (this.port == null) {
			return Plan.standing(new Instance(this.title, this.title, 0, null, "", null, null), records);
		}
		String url = "http://127.0.0.1:" + ports.of(this.port);
		return Plan.standing(
				new Instance(this.title, this.title, ports.of(this.port), null, url, url + this.readinessPath, null),
				records);
	}

	/**
	 * Finds the installed program. Packages name it differently.
	 * @param path the directories to search, as in {@code PATH}
	 */
	Optional<Path> find(String path) {
		if (this.originalName.isEmpty()) {
			return Optional.of(Path.of(CurrentJava.executable()));
		}
		if (this == LOG_SHIPPER) {
			// The PATH of a user often lacks the directories of daemons.
			return new SearchPath(path + ":" + path.replaceAll("bin(?=:|$)", "sbin"))
				.find(this.program, this.originalName)
				.filter(ObservabilityProgram::hasShippingModule);
		}
		return new SearchPath(path).find(this.program, this.originalName);
	}

	/**
	 * Looks for the module in the lib directories next to that of the program, or one
	 * level below.
	 */
	private static boolean hasShippingModule(Path program) {
		try {
			Path installation = program.toRealPath().resolve("../..").normalize();
			for (Path libraries : List.of(installation.resolve("lib"), installation.resolve("lib64"))) {
				if (Files.exists(libraries.resolve(SHIPPING_MODULE)) || Directories.list(libraries)
					.stream()
					.anyMatch((directory) -> Files.exists(directory.resolve(SHIPPING_MODULE)))) {
					return true;
				}
			}
			return false;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private Stream<String> names() {
		return Stream.of(this.program, this.originalName).filter((name) -> !name.isEmpty());
	}

	/** Whether the file has the name of one of the programs. */
	static boolean isProgram(Path file) {
		return Stream.of(values())
			.flatMap(ObservabilityProgram::names)
			.anyMatch(String.valueOf(file.getFileName())::equals);
	}

	/** What {@code up --with} accepts. */
	enum Part {

		/** Prometheus, Alertmanager and the exporters. */
		PROMETHEUS(
				"apt install prometheus prometheus-alertmanager prometheus-node-exporter"
						+ " prometheus-postgres-exporter prometheus-redis-exporter",
				"brew install prometheus alertmanager node_exporter postgres_exporter redis_exporter"),

		/** Grafana with the dashboards. */
		GRAFANA("see grafana.com/docs/grafana/latest/setup-grafana/installation", "brew install grafana"),

		/** Zipkin, and instances that export spans. */
		ZIPKIN("", ""),

		/** OpenSearch with the log lines of all instances. */
		ELK("apt install rsyslog rsyslog-elasticsearch", "rsyslog built with --enable-imfile --enable-elasticsearch"),

		/** Spring Boot Admin. */
		ADMIN("", "");

		private final String onDebian;

		private final String onMac;

		Part(String onDebian, String onMac) {
			this.onDebian = onDebian;
			this.onMac = onMac;
		}

		/** One line that says how to install the programs. */
		String installation() {
			return "Linux: " + this.onDebian + "; macOS: " + this.onMac;
		}

		/** As it is written after {@code --with}. */
		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
